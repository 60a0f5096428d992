namespace MemU.Crash;

/// <summary>A data folder as the command line has it.</summary>
internal static class Places
{
    /// <param name="builder">The builder.</param>
    /// <param name="data">The folder.</param>
    /// <param name="vectors"><c>json</c> or <c>sqlite</c>.</param>
    public static void Choose(MemUBuilder builder, string data, string vectors)
    {
        builder.UseSqlite(Path.Combine(data, "memu.db")).UseLocalBlobs(Path.Combine(data, "resources"));
        if (vectors == "json")
        {
            builder.UseJsonFileVectors(Path.Combine(data, "vectors.json"));
        }
        else
        {
            builder.UseSqliteVectors();
        }
    }
}
