using Microsoft.Extensions.Logging.Console;

namespace MemU.Server;

/// <summary>Where the server's log goes: the standard error, as JSON lines for programs or as plain lines for people.</summary>
public static class ServerLogging
{
    /// <summary>Adds the log.</summary>
    /// <param name="logging">The builder.</param>
    /// <param name="forPeople">Plain lines in place of JSON.</param>
    /// <param name="least">The least level.</param>
    public static void ToStandardError(ILoggingBuilder logging, bool forPeople, LogLevel least)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.SetMinimumLevel(least);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (forPeople)
        {
            logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        }
        else
        {
            logging.AddJsonConsole(o => (o.TimestampFormat, o.UseUtcTimestamp) = ("yyyy-MM-ddTHH:mm:ss.fffZ", true));
        }
    }
}
