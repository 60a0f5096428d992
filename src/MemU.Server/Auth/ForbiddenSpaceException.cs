namespace MemU.Server.Auth;

/// <summary>A caller named a space that is not theirs.</summary>
internal sealed class ForbiddenSpaceException(string field)
    : Exception($"The key is bound to another {field}. Leave {field} out to use the one of the key, or use a key that may name this one.")
{
    /// <summary>The field that named it.</summary>
    public string Field { get; } = field;
}
