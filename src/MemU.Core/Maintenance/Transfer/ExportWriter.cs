using System.Buffers;
using System.Text;
using System.Text.Json;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>Writes typed JSON lines and counts them.</summary>
internal sealed class ExportWriter(Stream destination)
{
    private const int FlushAt = 128 * 1024;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt);

    /// <summary>Lines written by <see cref="WriteAsync"/>.</summary>
    public long Lines { get; private set; }

    /// <summary>Bytes of these lines.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes <c>{"type":"…", …the record's own members…}</c>.</summary>
    public async Task WriteAsync<T>(string type, T record, CancellationToken cancellationToken)
        where T : notnull
    {
        Append(type, record);
        Lines++;
        if (buffer.WrittenCount >= FlushAt)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Hands everything to the stream.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await destination.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
        await destination.FlushAsync(cancellationToken);
    }

    private void Append<T>(string type, T record)
    {
        var before = buffer.WrittenCount;
        var members = JsonSerializer.SerializeToUtf8Bytes(record, MemUJson.Compact.GetTypeInfo(typeof(T))).AsSpan(1);
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\""));
        if (members.Length > 1)
        {
            buffer.Write(","u8);
        }

        buffer.Write(members);
        buffer.Write("\n"u8);
        Bytes += buffer.WrittenCount - before;
    }
}
