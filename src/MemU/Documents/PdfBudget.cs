using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace MemU.Documents;

/// <summary>
/// What the streams of one PDF file may unpack to. A stream is measured before it is unpacked, each time that something wants it: a small file may hold one that
/// fills the memory, and a page may draw the same one again and again. Once too much was asked for, every further stream is empty, so that reading ends soon.
/// </summary>
internal sealed class PdfBudget : IFilterProvider
{
    /// <summary>Of all streams together.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>Of one stream.</summary>
    public const long MostBytesOfStream = 64L << 20;

    /// <summary>Of what pages draw: every letter of it becomes an object.</summary>
    public const long MostBytesOfDrawing = 8L << 20;

    /// <summary>How often streams are asked for.</summary>
    private const int MostStreams = 500_000;

    // Fonts, pictures, cross-reference and object streams say what they are; what a page draws does not, or is a form.
    private static readonly NameToken[] NotDrawn = [NameToken.Create("Length1"), NameToken.Create("Length2"), NameToken.Create("N"), NameToken.Create("FunctionType"), NameToken.Create("PatternType")];

    private readonly IFilterProvider filters = DefaultFilterProvider.Instance;
    private long bytes;
    private int streams;

    /// <summary>What was too much; null when nothing was.</summary>
    public string? Excess { get; private set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary)
    {
        Asked();
        return Bounded(filters.GetFilters(dictionary));
    }

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names)
    {
        Asked();
        return Bounded(filters.GetNamedFilters(names));
    }

    public IReadOnlyList<IFilter> GetAllFilters() => Bounded(filters.GetAllFilters());

    /// <summary>How much this stream may unpack to.</summary>
    public long RoomFor(DictionaryToken stream) =>
        Excess is not null ? 0 : Math.Min(MostBytes - bytes, IsDrawn(stream) ? MostBytesOfDrawing : MostBytesOfStream);

    /// <summary>A stream has unpacked to this much.</summary>
    public void Spend(long size) => bytes += size;

    /// <summary>A stream unpacks to more than there is room for.</summary>
    public void Refuse(DictionaryToken stream) => Excess ??= IsDrawn(stream)
        ? $"what one of its pages draws unpacks to more than {MostBytesOfDrawing >> 20} MB, or all its parts to more than {MostBytes >> 20} MB"
        : $"one of its parts unpacks to more than {MostBytesOfStream >> 20} MB, or all of them to more than {MostBytes >> 20} MB";

    private void Asked()
    {
        if (++streams > MostStreams)
        {
            Excess ??= $"its pages draw more than {MostStreams:N0} parts";
        }
    }

    private static bool IsDrawn(DictionaryToken stream) =>
        !stream.ContainsKey(NameToken.Type) && !NotDrawn.Any(stream.ContainsKey)
        && (!stream.TryGet(NameToken.Subtype, out var kind) || kind is NameToken { Data: "Form" });

    private List<IFilter> Bounded(IReadOnlyList<IFilter> found) => [.. found.Select(f => new BoundedPdfFilter(f, this))];
}
