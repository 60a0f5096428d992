using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Edit;

/// <summary>Categories by hand. Their vectors follow the name, the description and the summary.</summary>
internal sealed class CategoryEditor(
    IMemoryStore store, IVectorIndex index, SpaceWriter writer, EmbeddingModel embedding, IdSource ids, TimeProvider time)
{
    public async Task<MemoryCategory> CreateAsync(MemoryScope scope, NewCategory request, CancellationToken cancellationToken)
    {
        var category = new MemoryCategory
        {
            Scope = scope,
            Id = ids.Next(),
            Name = EditRules.Name(request.Name),
            Description = request.Description?.Trim() ?? "",
            Summary = request.Summary is null ? null : EditRules.Text(request.Summary, "summary"),
            CreatedAt = time.GetUtcNow(),
        };
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());

        return await Attempts.RunAsync(
            async () =>
            {
                (await CategoryBook.ReadAsync(store, scope, cancellationToken)).MustBeFree(category.Name, ownId: null);
                await writer.CommitAsync(
                    scope,
                    new MemoryChanges
                    {
                        NotErasedSince = mark,
                        Categories = [category],
                        Vectors = await vectors.BuildAsync([.. TextToEmbed.Some(TextToEmbed.Of(category), TextToEmbed.OfSummary(category))], cancellationToken),
                    },
                    cancellationToken);
                return category;
            },
            cancellationToken);
    }

    public async Task<MemoryCategory> UpdateAsync(MemoryScope scope, string id, CategoryEdit edit, CancellationToken cancellationToken)
    {
        var name = edit.Name is null ? null : EditRules.Name(edit.Name);
        var summary = edit.Summary is null ? null : EditRules.Text(edit.Summary, "summary");
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());

        return await Attempts.RunAsync<MemoryCategory?>(
            async () =>
            {
                var old = (await store.GetCategoriesAsync(scope, [id], cancellationToken)).SingleOrDefault()
                    ?? throw new MemoryNotFoundException("category", id);
                if (edit.Expected is { } known && old != known)
                {
                    return null;
                }

                var category = old with
                {
                    Name = name ?? old.Name,
                    Description = edit.Description?.Trim() ?? old.Description,
                    Summary = summary ?? old.Summary,
                };
                if (category == old)
                {
                    return old;
                }

                if (category.Name != old.Name)
                {
                    (await CategoryBook.ReadAsync(store, scope, cancellationToken)).MustBeFree(category.Name, ownId: id);
                }

                await writer.CommitAsync(
                    scope,
                    new MemoryChanges
                    {
                        NotErasedSince = mark,
                        Categories = [category],

                        // Somebody who memorizes may be rewriting the summary: theirs must not be lost, whatever is edited here.
                        Summaries = [new SummaryWrite(id, old.Summary, category.Summary)],
                        Vectors = await vectors.BuildAsync(
                            [
                                .. TextToEmbed.Some(
                                    category.EmbeddingText == old.EmbeddingText ? null : TextToEmbed.Of(category),
                                    category.Summary == old.Summary ? null : TextToEmbed.OfSummary(category)),
                            ],
                            cancellationToken),
                    },
                    cancellationToken);
                return category;
            },
            cancellationToken) ?? throw EditRules.ChangedMeanwhile("category");
    }

    public async Task<bool> DeleteAsync(MemoryScope scope, string id, CancellationToken cancellationToken)
    {
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        if ((await store.GetCategoriesAsync(scope, [id], cancellationToken)).Count == 0)
        {
            return false;
        }

        await writer.CommitAsync(scope, new MemoryChanges { NotErasedSince = mark, RemovedCategories = [id] }, cancellationToken);
        return true;
    }
}
