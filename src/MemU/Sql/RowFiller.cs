using System.Text;

namespace MemU.Sql;

/// <summary>
/// Makes rows that differ by some letters equally long: SQLite writes a row over another one of the same length where it stands, and gives back and asks for pages
/// when the length differs. For its record format, in which a value of n bytes takes n and the length of a variable-length integer of 2n (sqlite.org/fileformat.html).
/// </summary>
internal static class RowFiller
{
    private const int Step = 256;

    // The longest value whose length takes one byte.
    private const int MostOfOneByte = 57;

    /// <summary>Bytes that mean nothing, to be the last value of a row with these texts and a value of so many bytes.</summary>
    public static byte[] For(int bytes, params ReadOnlySpan<string?> texts)
    {
        var length = Taken(bytes);
        foreach (var text in texts)
        {
            length += Taken(text is null ? 0 : Encoding.UTF8.GetByteCount(text));
        }

        var missing = Step - (length % Step);
        return new byte[missing switch
        {
            <= MostOfOneByte + 1 => missing - 1,

            // No filler takes one byte more than the longest with a length of one byte.
            MostOfOneByte + 2 => missing + Step - 2,
            _ => missing - 2,
        }];
    }

    private static int Taken(int bytes) => bytes + (bytes <= MostOfOneByte ? 1 : bytes <= 8185 ? 2 : bytes <= 1_048_569 ? 3 : 4);
}
