namespace MemU.Contracts;

/// <summary>An error as a JSON document of its own.</summary>
/// <param name="Error">What went wrong.</param>
public sealed record ErrorJson(ErrorBodyJson Error)
{
    /// <summary>From an exception.</summary>
    public static ErrorJson From(Exception e) => new(ErrorBodyJson.From(e));
}
