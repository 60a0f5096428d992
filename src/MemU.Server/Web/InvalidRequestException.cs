namespace MemU.Server.Web;

/// <summary>A request is wrong; the message names the fix.</summary>
internal sealed class InvalidRequestException(string field, string message) : Exception(message)
{
    /// <summary>Which field.</summary>
    public string Field { get; } = field;
}
