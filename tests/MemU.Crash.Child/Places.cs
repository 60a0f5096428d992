namespace MemU.Crash;

/// <summary>A data folder as the command line has it.</summary>
internal static class Places
{
    /// <summary>The kind of folder in which everything is encrypted; the vectors are in the database then.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>The kind of folder with <c>vectors.json</c> whose embeddings are paid for.</summary>
    public const string Paid = "paid";

    /// <summary>The same folder after another model was chosen.</summary>
    public const string PaidAnother = "paid-another";

    /// <summary>The master key of an encrypted folder.</summary>
    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>The master key that takes its place.</summary>
    public static byte[] NextKey { get; } = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    /// <param name="builder">The builder.</param>
    /// <param name="data">The folder.</param>
    /// <param name="vectors"><c>json</c>, <c>sqlite</c>, <c>encrypted</c>, <c>paid</c> or <c>paid-another</c>.</param>
    /// <param name="key">The master key of an encrypted folder; null for <see cref="Key"/>.</param>
    public static void Choose(MemUBuilder builder, string data, string vectors, byte[]? key = null)
    {
        builder.UseSqlite(Path.Combine(data, "memu.db")).UseLocalBlobs(Path.Combine(data, "resources"));
        if (vectors is "json" or Paid or PaidAnother)
        {
            builder.UseJsonFileVectors(Path.Combine(data, "vectors.json"));
        }
        else if (vectors == Encrypted)
        {
            builder.UseEncryption(_ => ValueTask.FromResult(key ?? Key));
        }
        else
        {
            builder.UseSqliteVectors();
        }

        if (vectors is Paid or PaidAnother)
        {
            builder.UseEmbeddingGenerator(new PaidEmbeddings(), vectors);
        }
    }
}
