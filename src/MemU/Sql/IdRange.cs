using System.Text;

namespace MemU.Sql;

/// <summary>From the first to the last of some ids: new ones mostly lie beyond all that are there, and then one question tells that none of them is.</summary>
internal static class IdRange
{
    /// <summary>The first and the last one; null when there is none, or when it is not certain that the database has them in this order too.</summary>
    public static (string First, string Last)? Of(IEnumerable<string> ids)
    {
        string? first = null, last = null;
        foreach (var id in ids)
        {
            if (!Ascii.IsValid(id))
            {
                return null;
            }

            first = first is null || string.CompareOrdinal(id, first) < 0 ? id : first;
            last = last is null || string.CompareOrdinal(id, last) > 0 ? id : last;
        }

        return first is null ? null : (first, last!);
    }
}
