using Microsoft.Extensions.Logging;

namespace MemU.Cli.Output;

/// <summary>Shows log messages as messages of the command, one line each; the stack traces of exceptions only when debugging.</summary>
internal sealed class MessageLogger(CliOutput output, LogLevel least, bool traces) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception) + (exception is null ? "" : $" ({exception.Message})");
        lock (output)
        {
            if (logLevel >= LogLevel.Warning)
            {
                output.Warning(text);
            }
            else
            {
                output.Message(text);
            }

            if (traces && exception is not null)
            {
                output.ErrorText.WriteLine(exception);
            }
        }
    }

    public void Dispose()
    {
    }
}
