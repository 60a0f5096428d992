namespace MemU.Reasoning;

/// <summary>
/// A call did not reach a model or was turned down by its provider. The message names provider, host, model and the setting to mend;
/// it never holds a key, a prompt or the provider's own words.
/// </summary>
internal sealed class ModelCallException(string message, Exception? inner = null) : MemUException(message, inner)
{
    /// <summary>True when trying again later may succeed.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The option of the request to which the provider objected: <c>response_format</c>, <c>temperature</c>; null for none known.</summary>
    public string? RejectedOption { get; init; }
}
