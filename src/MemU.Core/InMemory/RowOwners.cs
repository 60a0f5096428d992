using System.Collections.Immutable;

namespace MemU.InMemory;

/// <summary>Which space owns which id: an id is used once in the whole store, in each table. Immutable.</summary>
internal sealed class RowOwners
{
    private ImmutableDictionary<(string Table, string Id), MemoryScope> owners = ImmutableDictionary<(string, string), MemoryScope>.Empty;

    public RowOwners Copy() => (RowOwners)MemberwiseClone();

    /// <exception cref="ArgumentException">The id is taken elsewhere; the message does not say where.</exception>
    public void Claim(string table, string id, MemoryScope scope)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException($"A record of {table} has no id. Give each record an id of its own.");
        }

        if (!owners.TryGetValue((table, id), out var owner))
        {
            owners = owners.Add((table, id), scope);
        }
        else if (owner != scope)
        {
            throw new ArgumentException($"The id '{id}' in {table} cannot be used in this space. Give the record an id of its own.");
        }
    }

    public void Release(string table, string id) => owners = owners.Remove((table, id));
}
