using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// The index of a snapshot: where each space's entries stand, and their numbers ready for use. Everything read is checked against its checksum. Lives in a
/// file beside the snapshot, or in memory when the snapshot is small. Thread-safe.
/// </summary>
internal sealed class VectorSidecar : IDisposable
{
    private const int CacheSlots = 64;
    private const int PieceSize = 1 << 20;

    private readonly SafeFileHandle? file;
    private readonly byte[] memory;
    private readonly SidecarFooter footer;
    private readonly uint[] checksums;
    private readonly string[] models;

    // Each slot holds one block, its number first; replaced as a whole.
    private readonly Block?[] cache = new Block?[CacheSlots];

    private VectorSidecar(SafeFileHandle? file, byte[] memory, SidecarFooter footer)
    {
        (this.file, this.memory, this.footer) = (file, memory, footer);
        checksums = new uint[(footer.DataLength + SidecarBlocks.Size - 1) / SidecarBlocks.Size];
        var bytes = MemoryMarshal.AsBytes(checksums.AsSpan());
        ReadRaw(bytes, footer.DataLength);
        if (Crc32C.Of(bytes) != footer.ChecksumOfChecksums)
        {
            throw new SidecarDamage();
        }

        models = ReadModels();
    }

    /// <summary>What the snapshot is of which this is the index.</summary>
    public SnapshotStructure Structure => footer.Structure;

    /// <summary>Opens an index file.</summary>
    /// <returns>Null when there is none, it cannot be read, it is damaged, or it belongs to another state of the snapshot.</returns>
    public static VectorSidecar? Open(string path, FileIdentity snapshotFile, SnapshotIdentity snapshot)
    {
        SafeFileHandle? file = null;
        try
        {
            file = FileBytes.OpenShared(path);
            var bytes = new byte[SidecarFooter.Size];
            var length = RandomAccess.GetLength(file);
            if (length >= bytes.Length)
            {
                FileBytes.ReadExactly(file, bytes, length - bytes.Length);
                if (SidecarFooter.Read(bytes) is { } footer && footer.File == snapshotFile && footer.Snapshot == snapshot)
                {
                    var sidecar = new VectorSidecar(file, [], footer);
                    file = null;
                    return sidecar;
                }
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SidecarDamage)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>An index that lives in memory.</summary>
    public static VectorSidecar Of(byte[] bytes) => new(null, bytes, SidecarFooter.Read(bytes.AsSpan(bytes.Length - SidecarFooter.Size)) ?? throw new SidecarDamage());

    /// <summary>The entry of an id, whatever its space.</summary>
    public SidecarEntry? Find(string collection, string id)
    {
        var bytes = Encoding.UTF8.GetBytes(id);
        var number = CollectionNumbers.Of(collection);
        var found = new byte[bytes.Length];
        foreach (var target in Lookup(footer.IdTable, footer.IdSlots, SidecarSlot.HashOf(number, bytes)))
        {
            var entry = ReadOne<SidecarEntry>(target);
            if (entry.IdLength != bytes.Length || ReadOne<byte>(entry.Head) != number)
            {
                continue;
            }

            Read(found, entry.Id);
            if (found.AsSpan().SequenceEqual(bytes))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>True when the entry belongs to the space.</summary>
    public bool IsOf(SidecarEntry entry, string collection, MemoryScope scope) => IsHead(entry.Head, SidecarHead.Of(collection, scope));

    /// <summary>The entries of a collection of a space; null when there are none.</summary>
    public SidecarSegment? SegmentOf(MemoryScope scope, string collection)
    {
        var head = SidecarHead.Of(collection, scope);
        foreach (var target in Lookup(footer.SegmentTable, footer.SegmentSlots, SidecarSlot.HashOf(head[0], head)))
        {
            var segment = SegmentAt(target - 1);
            if (IsHead(segment.Head, head))
            {
                return segment;
            }
        }

        return null;
    }

    /// <summary>Everything, in no order.</summary>
    public IEnumerable<SidecarSegment> Segments()
    {
        for (var i = 0L; i < footer.SegmentCount; i++)
        {
            yield return SegmentAt(i);
        }
    }

    /// <summary>The entries of a segment, in order of their ids.</summary>
    public SidecarEntry[] EntriesOf(SidecarSegment segment)
    {
        var entries = new SidecarEntry[segment.Count];
        Read(MemoryMarshal.AsBytes(entries.AsSpan()), segment.Entries);
        return entries;
    }

    /// <summary>The ids of a segment's entries, in UTF-8, one after the other.</summary>
    public byte[] IdsOf(SidecarSegment segment)
    {
        var ids = new byte[segment.IdBytes];
        Read(ids, segment.Ids);
        return ids;
    }

    /// <summary>A model's name.</summary>
    public string? ModelOf(SidecarEntry entry) => entry.Model < 0 ? null : models[entry.Model];

    /// <summary>Reads bytes and checks them.</summary>
    /// <exception cref="SidecarDamage">They are not what was written.</exception>
    public void Read(Span<byte> bytes, long position)
    {
        if (position < 0 || position + bytes.Length > footer.DataLength)
        {
            throw new SidecarDamage();
        }

        if (bytes.Length > SidecarBlocks.Size)
        {
            ReadMany(bytes, position);
            return;
        }

        while (bytes.Length > 0)
        {
            var (number, offset) = Math.DivRem(position, SidecarBlocks.Size);
            var part = Math.Min(bytes.Length, SidecarBlocks.Size - (int)offset);
            BlockAt(number).AsSpan((int)offset, part).CopyTo(bytes);
            bytes = bytes[part..];
            position += part;
        }
    }

    /// <summary>Looks at every byte.</summary>
    /// <exception cref="SidecarDamage">They are not what was written.</exception>
    public void Verify()
    {
        var piece = new byte[PieceSize];
        for (var at = 0L; at < footer.DataLength; at += piece.Length)
        {
            Read(piece.AsSpan(0, (int)Math.Min(piece.Length, footer.DataLength - at)), at);
        }
    }

    /// <inheritdoc />
    public void Dispose() => file?.Dispose();

    private void ReadMany(Span<byte> bytes, long position)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize + SidecarBlocks.Size);
        try
        {
            while (bytes.Length > 0)
            {
                var (number, offset) = Math.DivRem(position, SidecarBlocks.Size);
                var from = number * SidecarBlocks.Size;
                var part = Math.Min(bytes.Length, PieceSize - (int)offset);
                var end = Math.Min(footer.DataLength, (position + part + SidecarBlocks.Size - 1) / SidecarBlocks.Size * SidecarBlocks.Size);
                var piece = buffer.AsSpan(0, (int)(end - from));
                ReadRaw(piece, from);
                for (var at = 0; at < piece.Length; at += SidecarBlocks.Size)
                {
                    Check(piece[at..Math.Min(piece.Length, at + SidecarBlocks.Size)], number++);
                }

                piece.Slice((int)offset, part).CopyTo(bytes);
                bytes = bytes[part..];
                position += part;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] BlockAt(long number)
    {
        ref var slot = ref cache[number % CacheSlots];
        if (Volatile.Read(ref slot) is { } cached && cached.Number == number)
        {
            return cached.Bytes;
        }

        var from = number * SidecarBlocks.Size;
        var bytes = new byte[(int)Math.Min(SidecarBlocks.Size, footer.DataLength - from)];
        ReadRaw(bytes, from);
        Check(bytes, number);
        Volatile.Write(ref slot, new Block(number, bytes));
        return bytes;
    }

    private void Check(ReadOnlySpan<byte> block, long number)
    {
        if (Crc32C.Of(block) != checksums[number])
        {
            throw new SidecarDamage();
        }
    }

    private void ReadRaw(Span<byte> bytes, long position)
    {
        if (file is not null)
        {
            // Cut off since it was opened: the same as changed.
            if (FileBytes.ReadUpTo(file, bytes, position) < bytes.Length)
            {
                throw new SidecarDamage();
            }
        }
        else
        {
            memory.AsSpan((int)position, bytes.Length).CopyTo(bytes);
        }
    }

    private SidecarSegment SegmentAt(long number) => ReadOne<SidecarSegment>(footer.Segments + (number * Marshal.SizeOf<SidecarSegment>()));

    private IEnumerable<long> Lookup(long table, long slots, ulong hash)
    {
        for (var at = (long)(hash & (ulong)(slots - 1)); ; at = (at + 1) & (slots - 1))
        {
            var slot = ReadOne<SidecarSlot>(table + (at * Marshal.SizeOf<SidecarSlot>()));
            if (slot.Target == 0)
            {
                yield break;
            }

            if (slot.Hash == hash)
            {
                yield return slot.Target;
            }
        }
    }

    private bool IsHead(long position, byte[] head)
    {
        if (position + head.Length > footer.DataLength)
        {
            return false;
        }

        var found = new byte[head.Length];
        Read(found, position);
        return found.AsSpan().SequenceEqual(head);
    }

    private T ReadOne<T>(long position)
        where T : unmanaged
    {
        T value = default;
        Read(MemoryMarshal.AsBytes(new Span<T>(ref value)), position);
        return value;
    }

    private string[] ReadModels()
    {
        var names = new string[footer.ModelCount];
        var at = footer.Models;
        Span<byte> length = stackalloc byte[sizeof(int)];
        for (var i = 0; i < names.Length; i++)
        {
            Read(length, at);
            var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            Read(bytes, at + length.Length);
            names[i] = Encoding.UTF8.GetString(bytes);
            at += length.Length + bytes.Length;
        }

        return names;
    }

    private sealed record Block(long Number, byte[] Bytes);
}
