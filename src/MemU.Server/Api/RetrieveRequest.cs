using System.Globalization;
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

    /// <summary>fast, balanced or thorough: where the options start that are left out; as the server is configured when this one is left out.</summary>
    public RecipeName? Recipe { get; init; }

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

    /// <summary>Whether to ask for a second opinion on the order of the evidence.</summary>
    public bool? Rerank { get; init; }

    /// <summary>Smaller questions that the chat model may have searched for evidence too, 0 to 8.</summary>
    public int? SubQueries { get; init; }

    /// <summary>How much of its score a hit loses that says in the very words what a better one says, 0 to 1; 0.2 when left out.</summary>
    public double? Diversity { get; init; }

    /// <summary>When the question is asked, ISO 8601, to understand "last week"; now when left out.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The budget of a block of text ready for a prompt, in tokens, from 100; no block when left out.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether to say why each hit has its score.</summary>
    public bool? Explain { get; init; }

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

        if (MaxTokens < RetrieveOptions.LeastTokens)
        {
            throw new InvalidRequestException("max_tokens", $"max_tokens is {MaxTokens}; it must be at least {RetrieveOptions.LeastTokens}.");
        }

        if (SubQueries is < 0 or > RetrieveOptions.MaxSubQueries)
        {
            throw new InvalidRequestException("sub_queries", $"sub_queries is {SubQueries}; it must be from 0 to {RetrieveOptions.MaxSubQueries}.");
        }

        if (Diversity is not (null or (>= 0 and <= 1)))
        {
            throw new InvalidRequestException("diversity", string.Create(CultureInfo.InvariantCulture, $"diversity is {Diversity}; it must be from 0 to 1."));
        }

        var start = Recipe switch
        {
            RecipeName.Fast => RetrieveOptions.Fast with { Method = defaults.Method, TopK = defaults.TopK },
            RecipeName.Balanced => RetrieveOptions.Balanced with { Method = defaults.Method, TopK = defaults.TopK },
            RecipeName.Thorough => RetrieveOptions.Thorough with { Method = defaults.Method },
            _ => defaults,
        };
        return start with
        {
            Method = Method ?? start.Method, TopK = TopK ?? start.TopK, EvidenceTopK = EvidenceTopK ?? start.EvidenceTopK, Plan = Plan ?? start.Plan,
            Judge = Judge ?? start.Judge, Rerank = Rerank ?? start.Rerank, SubQueries = SubQueries ?? start.SubQueries, Diversity = Diversity ?? start.Diversity, AskedAt = AskedAt ?? start.AskedAt, MaxTokens = MaxTokens ?? start.MaxTokens,
            Explain = Explain ?? start.Explain, Tiers = Tiers ?? start.Tiers,
        };
    }
}
