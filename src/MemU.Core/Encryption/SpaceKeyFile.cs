using System.Text.Json.Serialization;

namespace MemU.Encryption;

/// <summary>The file that holds the key of one space, wrapped with a master key; while that is being replaced, with the next one too.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">1.</param>
/// <param name="Space">The key of the space's scope; also the name of the file.</param>
/// <param name="MasterKey">The id of the master key that unwraps it.</param>
/// <param name="Wrapped">Nonce, tag and ciphertext.</param>
/// <param name="NextMasterKey">The id of the master key that unwraps <paramref name="NextWrapped"/>.</param>
/// <param name="NextWrapped">The same key, wrapped with the next master key; null while no rotation is under way.</param>
internal sealed record SpaceKeyFile(
    string Format, int Version, string Space, string MasterKey, byte[] Wrapped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextMasterKey = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? NextWrapped = null)
{
    public const string FormatName = "memu-space-key";

    /// <summary>True when a rotation is under way.</summary>
    [JsonIgnore]
    public bool HasNext => NextMasterKey is not null;

    public static SpaceKeyFile Of(string space, MasterKey master, ReadOnlySpan<byte> key) => new(FormatName, 1, space, master.Id, master.Wrap(key, space));

    /// <summary>What this master key unwraps; null when it was wrapped with others only.</summary>
    public byte[]? WrappedFor(MasterKey master) => master.Id == MasterKey ? Wrapped : master.Id == NextMasterKey ? NextWrapped : null;

    /// <summary>The file that both the present and the next master key open.</summary>
    public SpaceKeyFile With(MasterKey next, ReadOnlySpan<byte> key) => this with { NextMasterKey = next.Id, NextWrapped = next.Wrap(key, Space) };

    /// <summary>The file that only this master key opens, which opens it already.</summary>
    public SpaceKeyFile Only(MasterKey master) => new(Format, Version, Space, master.Id, WrappedFor(master)!);
}
