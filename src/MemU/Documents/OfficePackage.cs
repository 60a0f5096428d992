using System.IO.Compression;
using System.Xml;
using MemU.Resources;

namespace MemU.Documents;

/// <summary>
/// Looks into an office file before anything reads it: a small archive may unpack to more than there is memory, and XML may be nested deeper than the stack
/// is, which would end the process.
/// </summary>
internal static class OfficePackage
{
    public const long MostBytes = 256L << 20;
    public const int MostDepth = 256;
    private const int MostParts = 10_000;

    /// <exception cref="ResourceException">The file unpacks to too much, or is nested too deeply.</exception>
    /// <exception cref="InvalidDataException">It is no archive.</exception>
    public static void Check(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false));
        if (archive.Entries.Count > MostParts || archive.Entries.Sum(e => Math.Min(e.Length, MostBytes)) >= MostBytes)
        {
            throw Refused(fileName, $"it unpacks to more than {MostBytes >> 20} MB or {MostParts:N0} parts");
        }

        foreach (var part in archive.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || e.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckDepth(part, fileName);
        }
    }

    private static void CheckDepth(ZipArchiveEntry part, string fileName)
    {
        try
        {
            // What an entry unpacks to is bounded by the length that it declares.
            using var stream = part.Open();
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.Depth > MostDepth)
                {
                    throw Refused(fileName, $"it is nested more than {MostDepth} levels deep");
                }
            }
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"the part {part.Name} is not well-formed.", e);
        }
    }

    private static ResourceException Refused(string fileName, string why) => new($"'{fileName}' is refused: {why}. Save its text as a plain file.") { ResourceUrl = fileName };
}
