using MemU.Resources;

namespace MemU.Memorize;

/// <summary>Makes passages of blocks. A passage that the source had before keeps its id, so what points at it stays right.</summary>
internal sealed class PassageMaker(IdSource ids)
{
    public IReadOnlyList<Passage> Make(MemoryScope scope, string resourceId, ReadSource read, IReadOnlyList<Passage> known)
    {
        var keep = known.GroupBy(Same).ToDictionary(g => g.Key, g => new Queue<string>(g.Select(p => p.Id)));
        var passages = new List<Passage>(read.Blocks.Count);
        foreach (var block in read.Blocks)
        {
            var passage = new Passage
            {
                Scope = scope,
                Id = "",
                ResourceId = resourceId,
                Position = passages.Count,
                Start = block.Start,
                Role = block.Role,
                MessageId = block.MessageId,
                HappenedAt = block.HappenedAt,
                Text = read.Text.Substring(block.Start, block.Length),
            };
            passages.Add(passage with { Id = keep.TryGetValue(Same(passage), out var left) && left.TryDequeue(out var id) ? id : ids.Next() });
        }

        return passages;
    }

    private static (string? Role, string? MessageId, DateTimeOffset? HappenedAt, string Text) Same(Passage p) => (p.Role, p.MessageId, p.HappenedAt, p.Text);
}
