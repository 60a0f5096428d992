using System.Collections.Immutable;

namespace MemU.InMemory;

/// <summary>Which space owns which id: an id is used once in the whole store, in each table. One commit's view; what it changes is its own until it is published.</summary>
internal sealed class RowOwners(ImmutableDictionary<(string Table, string Id), MemoryScope> before)
{
    private readonly ImmutableDictionary<(string Table, string Id), MemoryScope>.Builder owners = before.ToBuilder();

    /// <exception cref="ArgumentException">The id is taken elsewhere; the message does not say where.</exception>
    public void Claim(string table, string id, MemoryScope scope)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException($"A record of {table} has no id. Give each record an id of its own.");
        }

        if (!owners.TryGetValue((table, id), out var owner))
        {
            owners.Add((table, id), scope);
        }
        else if (owner != scope)
        {
            throw new ArgumentException($"The id '{id}' in {table} cannot be used in this space. Give the record an id of its own.");
        }
    }

    public void Release(string table, string id) => owners.Remove((table, id));

    /// <summary>The owners as they are now.</summary>
    public ImmutableDictionary<(string Table, string Id), MemoryScope> ToImmutable() => owners.ToImmutable();
}
