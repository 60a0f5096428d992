using System.Text.Json.Serialization;
namespace MemU.Contracts;

/// <summary>An embedding in JSON.</summary>
public sealed record VectorJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Collection { get; init; }
    public required string Id { get; init; }
    public string? Model { get; init; }
    public string? Text { get; init; }
    [JsonConverter(typeof(VectorNumbersJson))]
    public required float[] Vector { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static VectorJson From(VectorRecord v) => new()
    {
        Collection = v.Collection, Id = v.Id, Model = v.Model, Text = v.Text, Vector = v.Vector.ToArray(),
    };

    /// <summary>To the model.</summary>
    public VectorRecord ToModel() => new() { Collection = Collection, Id = Id, Model = Model, Text = Text, Vector = Vector };
}
