using System.Text.Json;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>Reads one entry of a vector file, token by token; the numbers of its vector can be passed over.</summary>
internal sealed class VectorFileEntryReader
{
    private const int EntryDepth = 3;
    private readonly Dictionary<(string? Tenant, string User, string Agent), MemoryScope?> scopes = [];
    private readonly List<ByteRange> extra = [];
    private string collection = string.Empty;
    private ByteRange? unread;
    private ByteRange? text;
    private float[] numbers = new float[256];
    private int count;
    private string id = string.Empty;
    private bool isPossible;
    private long start;
    private long memberStart;
    private string? user;
    private string? agent;
    private string? tenant;
    private string? model;
    private bool hasVector;
    private Member member;

    /// <summary>The numbers of the entry that was read last.</summary>
    public ReadOnlySpan<float> Vector => numbers.AsSpan(0, count);

    /// <summary>The entry that was read last.</summary>
    public VectorFileEntry? Entry { get; private set; }

    private enum Member
    {
        /// <summary>Before the object of the entry.</summary>
        Value,

        /// <summary>Between members.</summary>
        None,
        User,
        Agent,
        Tenant,
        Text,
        Model,
        Vector,

        /// <summary>Between the numbers.</summary>
        Numbers,

        /// <summary>What is kept as it is.</summary>
        Unknown,
    }

    /// <summary>Starts an entry.</summary>
    /// <param name="ofCollection">Where it belongs.</param>
    /// <param name="entryId">Its name.</param>
    /// <param name="canBeAskedFor">False when the name is no valid Unicode text.</param>
    /// <param name="nameStart">Where the name stands in the file.</param>
    public void Begin(string ofCollection, string entryId, bool canBeAskedFor, long nameStart)
    {
        (collection, id, isPossible, start) = (ofCollection, entryId, canBeAskedFor, nameStart);
        (user, agent, tenant, text, model, unread) = (null, null, null, null, null, null);
        (hasVector, count, member) = (false, 0, Member.Value);
        extra.Clear();
    }

    /// <summary>True right behind the opening bracket of a vector that may be passed over.</summary>
    public bool IsAtNumbers => member == Member.Numbers && count == 0;

    /// <summary>The numbers were passed over, up to the closing bracket, which comes next.</summary>
    public void PassOver(ByteRange range) => unread = range;

    /// <summary>Takes the next token.</summary>
    /// <param name="reader">At the token.</param>
    /// <param name="position">Where the reader's bytes start in the file.</param>
    /// <returns>True when the token ends the entry.</returns>
    public bool Read(ref Utf8JsonReader reader, long position)
    {
        var type = reader.TokenType;
        switch (member)
        {
            case Member.Numbers when type == JsonTokenType.Number:
                Add(Number(ref reader, position));
                return false;
            case Member.Numbers when type == JsonTokenType.EndArray:
                (hasVector, member) = (true, Member.None);
                return false;
            case Member.Vector when type == JsonTokenType.StartArray && !hasVector:
                (count, member) = (0, Member.Numbers);
                return false;
            case Member.None when type == JsonTokenType.EndObject:
                Finish(ref reader, position);
                return true;
            case Member.None:
                memberStart = position + reader.TokenStartIndex;
                member = MemberOf(ref reader);
                return false;
            case Member.Value when type == JsonTokenType.StartObject:
                member = Member.None;
                return false;
            case Member.Unknown:
                if (reader.CurrentDepth == EntryDepth && type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    extra.Add(ByteRange.Between(memberStart, position + reader.BytesConsumed));
                    member = Member.None;
                }

                return false;
            case Member.User when type == JsonTokenType.String:
                user = VectorFileParser.NameOf(ref reader);
                break;
            case Member.Agent when type == JsonTokenType.String:
                agent = VectorFileParser.NameOf(ref reader);
                break;
            case Member.Tenant when type is JsonTokenType.String or JsonTokenType.Null:
                tenant = type == JsonTokenType.Null ? null : VectorFileParser.NameOf(ref reader);
                break;
            case Member.Text when type is JsonTokenType.String or JsonTokenType.Null:
                text = type == JsonTokenType.Null ? null : ByteRange.Between(position + reader.TokenStartIndex, position + reader.BytesConsumed);
                break;
            case Member.Model when type is JsonTokenType.String or JsonTokenType.Null:
                model = VectorFileParser.TextOf(ref reader);
                break;
            default:
                throw new VectorFileDamage(Expected(), position + reader.TokenStartIndex);
        }

        member = Member.None;
        return false;
    }

    private static Member MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("vector"u8) ? Member.Vector
        : reader.ValueTextEquals("user_id"u8) ? Member.User
        : reader.ValueTextEquals("agent_id"u8) ? Member.Agent
        : reader.ValueTextEquals("text"u8) ? Member.Text
        : reader.ValueTextEquals("model"u8) ? Member.Model
        : reader.ValueTextEquals("tenant_id"u8) ? Member.Tenant
        : Member.Unknown;

    private static float Number(ref Utf8JsonReader reader, long position) =>
        reader.TryGetSingle(out var number) && float.IsFinite(number)
            ? number
            : throw new VectorFileDamage("a number that fits into single precision", position + reader.TokenStartIndex);

    private string Expected() => member switch
    {
        Member.Value => "an object with user_id, agent_id and vector",
        Member.Vector => hasVector ? "one vector and not two" : "the numbers of a vector in brackets",
        Member.Numbers => "a number",
        Member.User or Member.Agent => "a text",
        _ => "a text or null",
    };

    private void Add(float number)
    {
        if (count == numbers.Length)
        {
            Array.Resize(ref numbers, count * 2);
        }

        numbers[count++] = number;
    }

    private void Finish(ref Utf8JsonReader reader, long position)
    {
        if (user is null || agent is null || !hasVector)
        {
            var missing = user is null ? "user_id" : agent is null ? "agent_id" : "vector";
            throw new VectorFileDamage($"the member {missing} before the end of the entry", position + reader.TokenStartIndex);
        }

        Entry = new VectorFileEntry
        {
            Collection = collection,
            Id = id,
            Scope = isPossible ? ScopeOf(user, agent, tenant) : null,
            Model = model,
            Raw = ByteRange.Between(start, position + reader.BytesConsumed),
            Text = text,
            Extra = extra.Count == 0 ? [] : [.. extra],
            Unread = unread,
        };
    }

    /// <summary>The space of these ids; null when there can be none.</summary>
    private MemoryScope? ScopeOf(string userId, string agentId, string? tenantId)
    {
        if (!scopes.TryGetValue((tenantId, userId, agentId), out var scope))
        {
            try
            {
                scope = new MemoryScope(userId, agentId, tenantId ?? MemoryScope.DefaultId);
            }
            catch (ArgumentException)
            {
                scope = null;
            }

            scopes.Add((tenantId, userId, agentId), scope);
        }

        return scope;
    }
}
