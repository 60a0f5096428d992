using System.Text;
using System.Text.Json;
using MemU.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemU.Cli.Output;

/// <summary>
/// Everything a command says. Results go to the standard output: either one JSON document or text for people; messages, warnings,
/// errors and progress go to the standard error.
/// </summary>
internal sealed class CliOutput : IDisposable
{
    private readonly Surroundings surroundings;
    private readonly StreamWriter output;
    private readonly StreamWriter error;
    private readonly Lazy<IAnsiConsole> people;
    private readonly Lazy<IAnsiConsole> messages;
    private bool documented;

    public CliOutput(Surroundings surroundings, bool json, bool quiet)
    {
        this.surroundings = surroundings;
        Json = json;
        Quiet = quiet;
        output = Writer(surroundings.Output);
        error = Writer(surroundings.Error);
        error.AutoFlush = true;
        people = new(() => Terminal.Create(output, surroundings.OutputIsTerminal, surroundings.Environment));
        messages = new(() => Terminal.Create(error, surroundings.ErrorIsTerminal, surroundings.Environment));
    }

    /// <summary>Whether the result is a JSON document.</summary>
    public bool Json { get; }

    /// <summary>Whether only results, warnings and errors are wanted.</summary>
    public bool Quiet { get; }

    /// <summary>Whether a progress bar would be seen and is wanted.</summary>
    public bool ShowsProgress => surroundings.ErrorIsTerminal && !Quiet;

    /// <summary>Whether a person is there to be asked.</summary>
    public bool CanAsk => surroundings.InputIsTerminal && surroundings.ErrorIsTerminal && !Json;

    /// <summary>The console for messages and progress.</summary>
    public IAnsiConsole Messages => messages.Value;

    /// <summary>The writer of plain text, for help and completion.</summary>
    public TextWriter Text => output;

    /// <summary>The writer of plain messages.</summary>
    public TextWriter ErrorText => error;

    /// <summary>The result: as the one JSON document, or shown to people.</summary>
    public void Result<T>(T document, Action<CliOutput> show)
    {
        if (Json)
        {
            Document(document);
        }
        else
        {
            show(this);
        }
    }

    /// <summary>Shows a part of a result to people.</summary>
    public void Show(IRenderable part) => people.Value.Write(part);

    /// <summary>Shows a line of a result to people. The text is shown as it is, markup or not.</summary>
    public void Line(string text = "", Style? style = null)
    {
        if (text.Length > 0)
        {
            people.Value.Write(new Phrase(text, style));
        }

        people.Value.WriteLine();
    }

    /// <summary>A line that only explains; left out when quiet.</summary>
    public void Remark(string text)
    {
        if (!Quiet)
        {
            Line(text, Styles.Faint);
        }
    }

    /// <summary>A message; left out when quiet.</summary>
    public void Message(string text)
    {
        if (!Quiet)
        {
            messages.Value.Write(new Phrase(SafeText.Lines(text) + "\n"));
        }
    }

    /// <summary>Something that the user should know.</summary>
    public void Warning(string text) => messages.Value.Write(new Phrase($"Warning: {SafeText.Line(text)}\n", Styles.Warning));

    /// <summary>An error: for people on the standard error, and as the document when JSON is wanted.</summary>
    public void Error(ErrorBodyJson problem, string? hint = null)
    {
        messages.Value.Write(new Phrase($"Error: {SafeText.Line(problem.Message)}\n", Styles.Error));
        if (hint is not null)
        {
            messages.Value.Write(new Phrase(hint + "\n"));
        }

        if (Json && !documented)
        {
            Document(new ErrorJson(problem));
        }
    }

    /// <summary>Asks a yes-or-no question on the terminal.</summary>
    public async Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        messages.Value.Write(new Phrase($"{SafeText.Line(question)} [y/N] "));
        using var reader = new StreamReader(surroundings.Input, leaveOpen: true);
        return (await reader.ReadLineAsync(cancellationToken))?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Lets the reader have what was said so far, when the command goes on for long.</summary>
    public void Flush() => output.Flush();

    public void Dispose()
    {
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // The reader has gone (`memu list items | head`): there is nobody left to tell.
        }
    }

    private void Document<T>(T document)
    {
        documented = true;
        output.Write(JsonSerializer.Serialize(document, DocumentJson.Indented.GetTypeInfo(typeof(T))));
        output.Write('\n');

        // A disk that is full must be an error now, not a document that got lost on the way out.
        output.Flush();
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
}
