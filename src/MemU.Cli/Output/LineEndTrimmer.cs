using System.Text;

namespace MemU.Cli.Output;

/// <summary>Drops the blanks that a table leaves at the ends of its lines.</summary>
internal sealed class LineEndTrimmer(TextWriter inner) : TextWriter
{
    private int blanks;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            blanks++;
            return;
        }

        if (value is not ('\r' or '\n'))
        {
            for (; blanks > 0; blanks--)
            {
                inner.Write(' ');
            }
        }

        blanks = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
