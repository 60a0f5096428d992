using System.IO.Compression;
using System.Text;

namespace MemU.Native.Tests;

/// <summary>The smallest PDF and Word files that say something.</summary>
internal static class OfficeFiles
{
    public static void WritePdf(string path, string text)
    {
        var content = $"BT /F1 24 Tf 72 700 Td ({text}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new StringBuilder();
        foreach (var (number, body) in objects.Index())
        {
            places.Append($"{file.Length:D10} 00000 n \n");
            file.Append($"{number + 1} 0 obj\n{body}\nendobj\n");
        }

        var table = file.Length;
        file.Append($"xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF");
        File.WriteAllText(path, file.ToString(), Encoding.ASCII);
    }

    public static void WriteWord(string path, string text)
    {
        const string office = "http://schemas.openxmlformats.org";
        const string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add("[Content_Types].xml", $"<Types xmlns='{office}/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='{word}'/></Types>");
        Add("_rels/.rels", $"<Relationships xmlns='{office}/package/2006/relationships'><Relationship Id='r1' Type='{office}/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>");
        Add("word/document.xml", $"<w:document xmlns:w='{office}/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");

        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    }
}
