using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MemU.Retrieve.Evidence;

/// <summary>Number by id, at four bytes an id: the numbers in the order of their ids, searched by halves. Immutable, thread-safe.</summary>
internal sealed class IdNumbers : IReadOnlyDictionary<string, int>
{
    private readonly string[] ids;
    private readonly int[] order;

    /// <param name="ids">The ids by number, each once.</param>
    public IdNumbers(string[] ids)
    {
        this.ids = ids;
        order = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(ids[a], ids[b]));
    }

    public int Count => ids.Length;

    public IEnumerable<string> Keys => ids;

    public IEnumerable<int> Values => Enumerable.Range(0, ids.Length);

    public int this[string key] => TryGetValue(key, out var number) ? number : throw new KeyNotFoundException($"There is no id '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out int value)
    {
        var (low, high) = (0, order.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var compared = string.CompareOrdinal(ids[order[middle]], key);
            if (compared == 0)
            {
                value = order[middle];
                return true;
            }

            (low, high) = compared < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        value = -1;
        return false;
    }

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => ids.Select((id, i) => KeyValuePair.Create(id, i)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
