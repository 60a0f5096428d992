namespace MemU.Contracts;

/// <summary>What went wrong, in JSON.</summary>
/// <param name="Kind">
/// <c>usage</c>, <c>confirmation_needed</c>, <c>not_found</c>, <c>resource</c>, <c>model</c>, <c>store</c>, <c>conflict</c>, <c>erased</c>, <c>io</c>, <c>cancelled</c> or <c>failed</c>.
/// </param>
/// <param name="Message">The thing, what was wrong and how to mend it.</param>
public sealed record ErrorBodyJson(string Kind, string Message)
{
    /// <summary>From an exception.</summary>
    public static ErrorBodyJson From(Exception e) => new(KindOf(e), MessageOf(e));

    private static string KindOf(Exception e) => e switch
    {
        OperationCanceledException => "cancelled",
        MemoryNotFoundException => "not_found",
        ResourceException => "resource",
        ReasonerException => "model",
        MemoryStoreException => "store",
        ConcurrentChangeException => "conflict",
        SpaceErasedException => "erased",
        ArgumentException => "usage",
        IOException or UnauthorizedAccessException => "io",
        _ => "failed",
    };

    // The runtime adds the parameter's name and value, which mean nothing outside the code.
    private static string MessageOf(Exception e) => e is ArgumentException { ParamName: { } name }
        ? e.Message.Split($" (Parameter '{name}')", 2)[0]
        : e is OperationCanceledException ? "Cancelled." : e.Message;
}
