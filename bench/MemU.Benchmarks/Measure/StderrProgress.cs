namespace MemU.Benchmarks.Measure;

/// <summary>What is being done, on stderr: one line that changes on a terminal, lines elsewhere.</summary>
internal sealed class StderrProgress : IProgress<string>
{
    private int shown;

    public void Report(string value)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(value);
            return;
        }

        Console.Error.Write('\r' + value.PadRight(shown));
        shown = value.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (!Console.IsErrorRedirected && shown > 0)
        {
            Console.Error.Write('\r' + new string(' ', shown) + '\r');
            shown = 0;
        }
    }
}
