using System.Buffers;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>Reads the frames of a journal in order, and tells a tail that a dying writer left from damage.</summary>
internal static class JournalReader
{
    private const int PieceSize = 1 << 20;

    /// <summary>Takes one valid frame.</summary>
    /// <param name="frame">Its envelope.</param>
    /// <param name="payload">What it holds.</param>
    /// <param name="position">Where the payload stands in the file.</param>
    public delegate void Take(JournalFrame frame, ReadOnlySpan<byte> payload, long position);

    /// <summary>Reads on from a place where a frame begins.</summary>
    /// <returns>Where the last valid frame ends. What follows is being written just now, or was when its writer died.</returns>
    /// <exception cref="JournalDamage">A frame is not valid, but another one after it is.</exception>
    public static long Read(SafeFileHandle file, ulong salt, long position, Take take)
    {
        var length = RandomAccess.GetLength(file);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var (start, filled) = (position, 0);
            while (true)
            {
                // The bytes from `position` on are in the buffer as far as they were read.
                var known = buffer.AsSpan((int)(position - start), filled - (int)(position - start));
                var need = known.Length < JournalFrame.HeaderSize || JournalFrame.Read(known) is not { } frame
                    ? JournalFrame.HeaderSize
                    : JournalFrame.HeaderSize + (long)frame.Length;
                if (position + need > length)
                {
                    return EndAt(file, salt, position, length);
                }

                if (known.Length < need)
                {
                    (buffer, start, filled) = (Grown(buffer, need), position, 0);
                    filled = FileBytes.ReadUpTo(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - position)), position);
                    if (filled < need)
                    {
                        return EndAt(file, salt, position, length);
                    }

                    continue;
                }

                if (!TryTake(known, salt, position, take, out var size))
                {
                    return EndAt(file, salt, position, length);
                }

                position += size;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, ulong salt, long position, Take? take, out int size)
    {
        size = 0;
        if (bytes.Length < JournalFrame.HeaderSize || JournalFrame.Read(bytes) is not { } frame || bytes.Length - JournalFrame.HeaderSize < frame.Length)
        {
            return false;
        }

        var payload = bytes.Slice(JournalFrame.HeaderSize, frame.Length);
        if (JournalFrame.ChecksumOf(salt, position, bytes, payload) != frame.Checksum)
        {
            return false;
        }

        size = JournalFrame.HeaderSize + frame.Length;
        take?.Invoke(frame, payload, position + JournalFrame.HeaderSize);
        return true;
    }

    /// <summary>The place itself, unless a valid frame follows somewhere.</summary>
    private static long EndAt(SafeFileHandle file, ulong salt, long position, long length)
    {
        var piece = new byte[(int)Math.Min(PieceSize, Math.Max(0, length - position))];
        for (var at = position; at + JournalFrame.HeaderSize <= length;)
        {
            var read = FileBytes.ReadUpTo(file, piece, at);
            var span = piece.AsSpan(0, read);
            for (int next, from = 0; (next = span[from..].IndexOf(JournalFrame.Mark)) >= 0; from += next + 1)
            {
                if (at + from + next > position && IsValidAt(file, salt, at + from + next, length))
                {
                    throw new JournalDamage("a record with a fitting checksum: one that follows is whole, so this one was damaged after it was written", position);
                }
            }

            if (read < piece.Length || read <= JournalFrame.Mark.Length)
            {
                break;
            }

            at += read - JournalFrame.Mark.Length + 1;
        }

        return position;
    }

    private static bool IsValidAt(SafeFileHandle file, ulong salt, long position, long length)
    {
        Span<byte> envelope = stackalloc byte[JournalFrame.HeaderSize];
        if (FileBytes.ReadUpTo(file, envelope, position) < envelope.Length || JournalFrame.Read(envelope) is not { } frame || position + envelope.Length + frame.Length > length)
        {
            return false;
        }

        var bytes = new byte[envelope.Length + frame.Length];
        return FileBytes.ReadUpTo(file, bytes, position) == bytes.Length && TryTake(bytes, salt, position, null, out _);
    }

    private static byte[] Grown(byte[] buffer, long need)
    {
        if (buffer.Length >= need)
        {
            return buffer;
        }

        var longer = ArrayPool<byte>.Shared.Rent(checked((int)need));
        ArrayPool<byte>.Shared.Return(buffer);
        return longer;
    }
}
