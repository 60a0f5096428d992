using System.Text;

namespace MemU.Onnx;

/// <summary>
/// The files in which a model's weights stand when they do not stand in the model, as those of large models do: <c>model.onnx_data</c>. They are found by the entry
/// that names them ("location", and the name, two strings of Protocol Buffers), without reading the rest of the model.
/// </summary>
internal static class WeightFiles
{
    private const int Window = 1 << 20;
    private const int LongestName = 1024;

    private static readonly byte[] Marker = [0x0A, 8, .. "location"u8, 0x12];

    /// <summary>Those that are there, by path, in the order of their names.</summary>
    public static IReadOnlyList<string> Of(string modelPath)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var (window, kept) = (new byte[Window], 0);
        using var file = File.OpenRead(modelPath);
        int read;
        do
        {
            read = file.ReadAtLeast(window.AsSpan(kept), Window - kept, throwOnEndOfStream: false);
            var bytes = window.AsSpan(0, kept + read);
            for (var rest = bytes; rest.IndexOf(Marker) is >= 0 and var at; rest = rest[(at + Marker.Length)..])
            {
                if (NameIn(rest[(at + Marker.Length)..]) is { } name)
                {
                    names.Add(name);
                }
            }

            // An entry may go on in the next window.
            kept = Math.Min(bytes.Length, Marker.Length + LongestName);
            bytes[^kept..].CopyTo(window);
        }
        while (read > 0);
        var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        return [.. names.Select(n => Path.Combine(folder, n)).Where(File.Exists)];
    }

    /// <summary>The string that begins here: its length, seven bits a byte, then UTF-8. Null when it is not all there.</summary>
    private static string? NameIn(ReadOnlySpan<byte> bytes)
    {
        var (length, at) = (0, 0);
        for (; at < bytes.Length && at < 2; at++)
        {
            length |= (bytes[at] & 0x7F) << (7 * at);
            if (bytes[at] < 0x80)
            {
                return length is > 0 and < LongestName && at + 1 + length <= bytes.Length ? Encoding.UTF8.GetString(bytes.Slice(at + 1, length)) : null;
            }
        }

        return null;
    }
}
