using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Storage;

/// <summary>Which list a page is of: what is listed, in which order, and which of it. Its number stands in the cursors of the list.</summary>
internal readonly record struct PagedList
{
    private PagedList(params string?[] description) =>
        Number = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(description.Select(d => d is null ? "-" : $"{d.Length}:{d}")))));

    /// <summary>The resources of a space.</summary>
    public static PagedList Resources { get; } = new("resources");

    /// <summary>Its categories.</summary>
    public static PagedList Categories { get; } = new("categories");

    /// <summary>Its links.</summary>
    public static PagedList Links { get; } = new("links");

    /// <summary>The same in every process.</summary>
    public uint Number { get; }

    /// <summary>Its passages, of one resource or of all.</summary>
    public static PagedList Passages(string? resourceId) => new("passages", resourceId);

    /// <summary>Its history, of one item or of all.</summary>
    public static PagedList History(string? itemId) => new("history", itemId);

    /// <summary>Those items that fit, in the order that is asked for.</summary>
    public static PagedList Items(ItemFilter filter) =>
        new("items", filter.OldestFirst ? "oldest first" : "newest first", filter.ResourceId, filter.CategoryId, filter.MemoryType);
}
