namespace MemU.Cli.CommandLine;

/// <summary>What a command ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUse = 2;

    public const int Cancelled = 130;
}
