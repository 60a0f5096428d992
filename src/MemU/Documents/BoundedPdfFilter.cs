using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace MemU.Documents;

/// <summary>A filter of a PDF stream that is asked only when what it would make has room.</summary>
internal sealed class BoundedPdfFilter(IFilter inner, PdfBudget budget) : IFilter
{
    private const int LongestRow = 1 << 20;

    public bool IsSupported => inner.IsSupported;

    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        var room = budget.RoomFor(streamDictionary);
        long? size = inner switch
        {
            FlateFilter => PdfStreamSize.OfFlate(input, room),
            LzwFilter => PdfStreamSize.OfLzw(input.Span, room),
            RunLengthFilter => PdfStreamSize.OfRunLength(input.Span),
            Ascii85Filter => 4L * input.Length,
            AsciiHexDecodeFilter => input.Length,

            // Pictures: nothing of them is text.
            _ => null,
        };
        if (size is null)
        {
            return Memory<byte>.Empty;
        }

        if (size > room || RowOf(streamDictionary, NameToken.DecodeParms) > LongestRow || RowOf(streamDictionary, NameToken.Create("DP")) > LongestRow)
        {
            budget.Refuse(streamDictionary);
            return Memory<byte>.Empty;
        }

        budget.Spend(size.Value);
        return inner.Decode(input, streamDictionary, filterProvider, filterIndex);
    }

    /// <summary>The longest row that a predictor of this stream makes room for, in bits.</summary>
    private static double RowOf(DictionaryToken stream, NameToken name) => stream.TryGet(name, out var token)
        ? token switch
        {
            DictionaryToken one => RowOf(one),
            ArrayToken some => some.Data.OfType<DictionaryToken>().Select(RowOf).DefaultIfEmpty().Max(),
            _ => 0,
        }
        : 0;

    private static double RowOf(DictionaryToken parameters) =>
        Number(parameters, "Columns") * Number(parameters, "Colors") * Number(parameters, "BitsPerComponent");

    private static double Number(DictionaryToken parameters, string name) =>
        parameters.TryGet(NameToken.Create(name), out var token) && token is NumericToken number ? Math.Abs(number.Double) : 1;
}
