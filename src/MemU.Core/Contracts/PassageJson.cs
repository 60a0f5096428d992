namespace MemU.Contracts;

/// <summary>A passage in JSON; with a score it is evidence.</summary>
public sealed record PassageJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Id { get; init; }
    public required string ResourceId { get; init; }
    public string? MessageId { get; init; }
    public string? Role { get; init; }
    public required string Text { get; init; }
    public DateTimeOffset? HappenedAt { get; init; }
    public required int Position { get; init; }
    public int Segment { get; init; }
    public required int Start { get; init; }
    public int Length { get; init; }
    public double? Score { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static PassageJson From(Passage p, double? score = null) => new()
    {
        Id = p.Id, ResourceId = p.ResourceId, MessageId = p.MessageId, Role = p.Role, Text = p.Text, HappenedAt = p.HappenedAt,
        Position = p.Position, Segment = p.Segment, Start = p.Start, Length = p.Length, Score = score,
    };

    /// <summary>To the model, in the given space.</summary>
    public Passage ToModel(MemoryScope scope) => new()
    {
        Scope = scope, Id = Id, ResourceId = ResourceId, MessageId = MessageId, Role = Role, Text = Text, HappenedAt = HappenedAt,
        Position = Position, Segment = Segment, Start = Start,
    };
}
