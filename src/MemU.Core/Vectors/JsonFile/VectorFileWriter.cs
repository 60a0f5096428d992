using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// Writes a whole vector file: what is new as plain JSON in ASCII (which every reader takes, whatever encoding it assumes), what was there byte for byte
/// from the file that is replaced.
/// </summary>
/// <param name="output">The new file.</param>
/// <param name="source">The file that is replaced; null when there is none.</param>
internal sealed class VectorFileWriter(Stream output, SafeFileHandle? source)
{
    private const int FlushAt = 1 << 18;
    private readonly ArrayBufferWriter<byte> pending = new(FlushAt + (1 << 14));
    private long written;

    private long Position => written + pending.WrittenCount;

    /// <summary>Writes the content and returns its members with their places in the new file.</summary>
    public async Task<IReadOnlyList<VectorFileMember>> WriteAsync(VectorFileContent content, CancellationToken cancellationToken)
    {
        List<VectorFileMember> members = [];
        Put("{");
        foreach (var member in content.Members)
        {
            Put(members.Count == 0 ? "\n  " : ",\n  ");
            members.Add(member.Entries is null
                ? member with { Raw = await CopyAsync(member.Raw, cancellationToken) }
                : member with { Entries = await WriteAsync(member.Name, member.Entries, cancellationToken) });
        }

        Put(members.Count == 0 ? "}\n" : "\n}\n");
        await FlushAsync(cancellationToken);
        return members;
    }

    private async Task<OrderedDictionary<string, VectorFileEntry>> WriteAsync(
        string name, OrderedDictionary<string, VectorFileEntry> entries, CancellationToken cancellationToken)
    {
        var result = new OrderedDictionary<string, VectorFileEntry>(entries.Count, StringComparer.Ordinal);
        PutText(name);
        Put(": {");
        foreach (var (id, entry) in entries)
        {
            Put(result.Count == 0 ? "\n    " : ",\n    ");
            result.Add(id, entry.Raw is { } raw
                ? Moved(entry, raw.Start, await CopyAsync(raw, cancellationToken))
                : await PutNewAsync(entry, cancellationToken));
            if (pending.WrittenCount >= FlushAt)
            {
                await FlushAsync(cancellationToken);
            }
        }

        Put(result.Count == 0 ? "}" : "\n  }");
        return result;
    }

    /// <summary>The entry with its places in the new file.</summary>
    private static VectorFileEntry Moved(VectorFileEntry entry, long from, ByteRange raw) =>
        entry with { Raw = raw, Extra = [.. entry.Extra.Select(e => e with { Start = e.Start - from + raw.Start })] };

    private async Task<VectorFileEntry> PutNewAsync(VectorFileEntry entry, CancellationToken cancellationToken)
    {
        var start = Position;
        PutText(entry.Id);
        Put(": {\"user_id\": ");
        PutText(entry.Scope!.User);
        Put(", \"agent_id\": ");
        PutText(entry.Scope.Agent);
        if (entry.Scope.Tenant != MemoryScope.DefaultId)
        {
            Put(", \"tenant_id\": ");
            PutText(entry.Scope.Tenant);
        }

        Put(", \"vector\": [");
        for (var i = 0; i < entry.Vector.Length; i++)
        {
            Put(i == 0 ? string.Empty : ", ");
            PutNumber(entry.Vector[i]);
        }

        Put("], \"text\": ");
        PutTextOrNull(entry.Text);
        if (entry.Model is not null)
        {
            Put(", \"model\": ");
            PutText(entry.Model);
        }

        List<ByteRange> extra = [];
        foreach (var range in entry.Extra)
        {
            Put(", ");
            extra.Add(await CopyAsync(range, cancellationToken));
        }

        Put("}");
        return entry with { Raw = ByteRange.Between(start, Position), Extra = extra };
    }

    private async Task<ByteRange> CopyAsync(ByteRange range, CancellationToken cancellationToken)
    {
        var start = Position;
        for (var done = 0L; done < range.Length;)
        {
            var piece = (int)Math.Min(range.Length - done, FlushAt);
            var read = RandomAccess.Read(source!, pending.GetSpan(piece)[..piece], range.Start + done);
            if (read == 0)
            {
                throw new IOException("The file became shorter while it was copied.");
            }

            pending.Advance(read);
            done += read;
            if (pending.WrittenCount >= FlushAt)
            {
                await FlushAsync(cancellationToken);
            }
        }

        return ByteRange.Between(start, Position);
    }

    private void Put(string ascii) => Encoding.ASCII.GetBytes(ascii, pending);

    private void PutTextOrNull(string? text)
    {
        if (text is null)
        {
            Put("null");
        }
        else
        {
            PutText(text);
        }
    }

    private void PutText(string text)
    {
        // By way of UTF-8: half a character, which JSON cannot hold, becomes the replacement character instead of an error.
        var encoded = JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.Default);
        Put("\"");
        pending.Write(encoded.EncodedUtf8Bytes);
        Put("\"");
    }

    /// <summary>The shortest digits that give the same number back.</summary>
    private void PutNumber(float number)
    {
        number.TryFormat(pending.GetSpan(32), out var length, default, CultureInfo.InvariantCulture);
        pending.Advance(length);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(pending.WrittenMemory, cancellationToken);
        written += pending.WrittenCount;
        pending.ResetWrittenCount();
    }
}
