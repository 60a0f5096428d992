using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Retrieve;
using MemU.Server.Auth;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>A question, or messages of which the last is the question. What is left out is as the server is configured.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RetrieveRequest
{
    /// <summary>The question.</summary>
    public string? Query { get; init; }

    /// <summary>In place of query: messages, each a string or {role, content}; the last one is the question, the others are its context.</summary>
    public JsonElement? Queries { get; init; }

    /// <summary>rag or llm.</summary>
    public RetrieveMethod? Method { get; init; }

    /// <summary>Hits per tier, 1 to 1000.</summary>
    public int? TopK { get; init; }

    /// <summary>Passages at most, 1 to 1000.</summary>
    public int? EvidenceTopK { get; init; }

    /// <summary>Whether to ask first if retrieval is needed and what the question means.</summary>
    public bool? Plan { get; init; }

    /// <summary>Whether to ask after a tier if what was found is enough.</summary>
    public bool? Judge { get; init; }

    /// <summary>The tiers to search, in order: categories, items, resources.</summary>
    public IReadOnlyList<MemoryTier>? Tiers { get; init; }

    /// <summary>The tenant; that of the key when left out.</summary>
    public string? TenantId { get; init; }

    /// <summary>The user; that of the key, else <c>default</c>, when left out.</summary>
    public string? UserId { get; init; }

    /// <summary>The agent; that of the key, else <c>default</c>, when left out.</summary>
    public string? AgentId { get; init; }

    [JsonIgnore]
    public SpaceIds Ids => new(TenantId, UserId, AgentId);

    /// <exception cref="InvalidRequestException">A number is out of bounds.</exception>
    public RetrieveOptions Options(RetrieveOptions defaults)
    {
        foreach (var (field, value) in new[] { ("top_k", TopK), ("evidence_top_k", EvidenceTopK) })
        {
            if (value is < 1 or > RetrieveOptions.MaxTopK)
            {
                throw new InvalidRequestException(field, $"{field} is {value}; it must be from 1 to {RetrieveOptions.MaxTopK}.");
            }
        }

        return defaults with
        {
            Method = Method ?? defaults.Method, TopK = TopK ?? defaults.TopK, EvidenceTopK = EvidenceTopK ?? defaults.EvidenceTopK,
            Plan = Plan ?? defaults.Plan, Judge = Judge ?? defaults.Judge, Tiers = Tiers ?? defaults.Tiers,
        };
    }
}
