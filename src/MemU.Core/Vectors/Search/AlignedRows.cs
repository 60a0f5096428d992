using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>
/// Rows of one length in one array, beginning at a cache line: reading across two lines costs twice. Arrays of this size are not moved by default, and
/// if they were, reading would only be slower; what is small and read all the time can be pinned. What has not been written is anything.
/// </summary>
internal sealed class AlignedRows<T>
    where T : unmanaged
{
    private const int Line = 64;

    private readonly int stride;
    private readonly int capacity;
    private readonly int start;
    private readonly T[] numbers;

    public AlignedRows(int stride, int capacity, bool pinned = false)
    {
        (this.stride, this.capacity) = (stride, capacity);
        numbers = GC.AllocateUninitializedArray<T>((stride * capacity) + (Line / Unsafe.SizeOf<T>()), pinned);
        var address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(numbers, 0);
        start = (int)((Line - (address % Line)) % Line) / Unsafe.SizeOf<T>();
    }

    private AlignedRows(AlignedRows<T> whole, int first, int capacity)
    {
        (stride, this.capacity, numbers) = (whole.stride, capacity, whole.numbers);
        start = whole.start + (first * stride);
    }

    public long Bytes => ((long)stride * capacity * Unsafe.SizeOf<T>()) + Line;

    public Span<T> this[int row] => numbers.AsSpan(start + (row * stride), stride);

    /// <summary>Rows one after the other.</summary>
    public ReadOnlySpan<T> this[int first, int count] => numbers.AsSpan(start + (first * stride), count * stride);

    /// <summary>Some of these rows by themselves.</summary>
    public AlignedRows<T> Part(int first, int count) => new(this, first, count);

    /// <summary>Asks for large pages under them.</summary>
    public void AskForHugePages() => HugePages.AskFor(numbers);
}
