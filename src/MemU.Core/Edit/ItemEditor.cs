using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Edit;

/// <summary>Items by hand. An item of one's own words is its own evidence: the words are kept as a passage of <see cref="HandNotes"/>.</summary>
internal sealed class ItemEditor(
    IMemoryStore store, IVectorIndex index, SpaceWriter writer, EmbeddingModel embedding, EditRules rules, PageEditor pageEditor, IdSource ids, TimeProvider time)
{
    public async Task<MemoryItem> CreateAsync(MemoryScope scope, NewItem request, CancellationToken cancellationToken)
    {
        var summary = EditRules.Text(request.Summary, "summary");
        var type = rules.MemoryType(request.MemoryType);
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());
        string notesId = ids.Next(), passageId = ids.Next(), itemId = ids.Next();
        var now = time.GetUtcNow();

        return await Attempts.RunAsync(
            async () =>
            {
                var pages = await CategoriesAsync(scope, request.Categories, now, cancellationToken);
                var known = await store.GetResourceByUrlAsync(scope, HandNotes.Url, cancellationToken);
                var notes = known ?? HandNotes.NewResource(scope, notesId, now);
                var last = known is null ? null : await store.GetLastPassageAsync(scope, notes.Id, cancellationToken);
                var passage = HandNotes.Append(notes, last, passageId, summary, request.HappenedAt);
                var item = new MemoryItem
                {
                    Scope = scope,
                    Id = itemId,
                    ResourceId = notes.Id,
                    MemoryType = type,
                    Summary = summary,
                    CreatedAt = now,
                    HappenedAt = request.HappenedAt,
                    PassageIds = [passage.Id],
                };
                var summaries = await pageEditor.UpdateAsync(
                    scope, [.. pages.Ids.Select(c => new PageChange(c, summary, null))], new HashSet<string>(), pages.Added, cancellationToken);
                await writer.CommitAsync(
                    scope,
                    new MemoryChanges
                    {
                        NotErasedSince = mark,
                        Resources = [HandNotes.Write(notes, exists: known is not null, [passage])],
                        Passages = [passage],
                        Categories = pages.Added,
                        Summaries = summaries.Summaries,
                        Items = [item],
                        Links = [.. pages.Ids.Select(id => new CategoryItem(scope, itemId, id))],
                        Vectors = await vectors.BuildAsync(
                            [
                                .. TextToEmbed.Some(TextToEmbed.Of(item), embedding.IsOffline ? null : TextToEmbed.Of(passage)),
                                .. known is null ? [TextToEmbed.Of(notes)] : Array.Empty<TextToEmbed>(),
                                .. pages.Added.Select(TextToEmbed.Of),
                                .. summaries.Texts,
                            ],
                            cancellationToken),
                    },
                    cancellationToken);
                return item;
            },
            cancellationToken);
    }

    public async Task<MemoryItem> UpdateAsync(MemoryScope scope, string id, ItemEdit edit, CancellationToken cancellationToken)
    {
        var summary = edit.Summary is null ? null : EditRules.Text(edit.Summary, "summary");
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());
        string revisionId = ids.Next(), passageId = ids.Next();
        var now = time.GetUtcNow();

        return await Attempts.RunAsync<MemoryItem?>(
            async () =>
            {
                var old = (await store.GetItemsAsync(scope, [id], cancellationToken)).SingleOrDefault() ?? throw new MemoryNotFoundException("item", id);
                if (edit.Expected is { } known && !old.SaysTheSame(known))
                {
                    return null;
                }

                var item = old with
                {
                    Summary = summary ?? old.Summary,
                    MemoryType = edit.MemoryType is null ? old.MemoryType : rules.MemoryType(edit.MemoryType, own: old.MemoryType),
                };
                var reworded = item.Summary != old.Summary;
                var links = (await store.GetLinksAsync(scope, [id], cancellationToken)).Select(l => l.CategoryId).ToList();
                var pages = edit.Categories is null ? new([], links) : await CategoriesAsync(scope, edit.Categories, now, cancellationToken);
                if (item == old && pages.Ids.ToHashSet().SetEquals(links))
                {
                    return old;
                }

                var resource = (await store.GetResourcesAsync(scope, [old.ResourceId], cancellationToken)).SingleOrDefault();
                var isNote = reworded && resource?.Url == HandNotes.Url;
                var note = isNote ? await RewordedNoteAsync(resource!, old, passageId, item.Summary, cancellationToken) : null;
                item = note is null || old.PassageIds.Contains(note.Id) ? item : item with { PassageIds = [.. old.PassageIds, note.Id] };
                var summaries = await pageEditor.UpdateAsync(scope, PagesOf(old, item, links, pages.Ids), new HashSet<string> { id }, pages.Added, cancellationToken);
                await writer.CommitAsync(
                    scope,
                    new MemoryChanges
                    {
                        NotErasedSince = mark,
                        // The resource says whether the item was replaced meanwhile.
                        Resources = resource is null ? [] : [HandNotes.Write(resource, exists: true, note is null ? [] : [note])],
                        Passages = note is null ? [] : [note],
                        Categories = pages.Added,
                        Summaries = summaries.Summaries,
                        RemovedVectors = summaries.RemovedVectors,
                        ExpectedItems = [old],
                        Items = [item],
                        RemovedLinks = [.. links.Except(pages.Ids).Select(c => new CategoryItem(scope, id, c))],
                        Links = [.. pages.Ids.Except(links).Select(c => new CategoryItem(scope, id, c))],
                        History = reworded || item.MemoryType != old.MemoryType ? [Revision(old, revisionId, now)] : [],
                        Vectors = await vectors.BuildAsync(
                            [
                                .. TextToEmbed.Some(
                                    reworded ? TextToEmbed.Of(item) : null, note is null || embedding.IsOffline ? null : TextToEmbed.Of(note)),
                                .. pages.Added.Select(TextToEmbed.Of),
                                .. summaries.Texts,
                            ],
                            cancellationToken),
                    },
                    cancellationToken);
                return item;
            },
            cancellationToken) ?? throw EditRules.ChangedMeanwhile("item");
    }

    public async Task<bool> DeleteAsync(MemoryScope scope, string id, CancellationToken cancellationToken)
    {
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());
        return await Attempts.RunAsync(() => TryDeleteAsync(scope, id, vectors, cancellationToken), cancellationToken);
    }

    private async Task<bool> TryDeleteAsync(MemoryScope scope, string id, VectorBuilder vectors, CancellationToken cancellationToken)
    {
        if ((await store.GetItemsAsync(scope, [id], cancellationToken)).SingleOrDefault() is not { } item)
        {
            return false;
        }

        var notes = await store.GetResourceByUrlAsync(scope, HandNotes.Url, cancellationToken);
        var passages = item.ResourceId == notes?.Id ? await store.GetPassagesAsync(scope, item.PassageIds, cancellationToken) : [];
        var links = await store.GetLinksAsync(scope, [id], cancellationToken);
        var summaries = await pageEditor.UpdateAsync(
            scope, [.. links.Select(l => new PageChange(l.CategoryId, null, item.Summary))], new HashSet<string> { id }, [], cancellationToken);
        await writer.CommitAsync(
            scope,
            new MemoryChanges
            {
                ExpectedItems = [item],
                RemovedItems = [id],
                RemovedHistory = [id],
                RemovedPassages = [.. passages.Where(p => p.ResourceId == notes!.Id).Select(p => p.Id)],
                Summaries = summaries.Summaries,
                RemovedVectors = summaries.RemovedVectors,
                Vectors = await vectors.BuildAsync([.. summaries.Texts], cancellationToken),
            },
            cancellationToken);
        return true;
    }

    private static List<PageChange> PagesOf(MemoryItem old, MemoryItem item, IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after).Select(c => new PageChange(c, null, old.Summary)),
        .. after.Except(before).Select(c => new PageChange(c, item.Summary, null)),
        .. item.Summary == old.Summary ? [] : before.Intersect(after).Select(c => new PageChange(c, item.Summary, old.Summary)),
    ];

    // The note keeps its id; its words go to the end, where they cannot overlap what follows.
    private async Task<Passage> RewordedNoteAsync(Resource notes, MemoryItem item, string newId, string text, CancellationToken cancellationToken)
    {
        var own = (await store.GetPassagesAsync(notes.Scope, item.PassageIds, cancellationToken)).FirstOrDefault(p => p.ResourceId == notes.Id);
        var last = await store.GetLastPassageAsync(notes.Scope, notes.Id, cancellationToken);
        return HandNotes.Append(notes, last, own?.Id ?? newId, text, item.HappenedAt);
    }

    private static ItemRevision Revision(MemoryItem old, string id, DateTimeOffset now) => new()
    {
        Scope = old.Scope,
        Id = id,
        ItemId = old.Id,
        ResourceId = old.ResourceId,
        MemoryType = old.MemoryType,
        Summary = old.Summary,
        CreatedAt = old.CreatedAt,
        ReplacedAt = now,
        Reason = "edited",
    };

    private async Task<NamedCategories> CategoriesAsync(MemoryScope scope, IReadOnlyList<string> names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return new([], []);
        }

        var book = await CategoryBook.ReadAsync(store, scope, cancellationToken);
        var added = new List<MemoryCategory>();
        var found = new List<string>();
        foreach (var name in names.Select(EditRules.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (book.Get(name) is { } category)
            {
                found.Add(category.Id);
                continue;
            }

            var configured = rules.Configured(name)
                ?? throw new ArgumentException(
                    $"There is no category named '{name}' in this space. List the categories to see the names, or create it first.", nameof(names));
            added.Add(new MemoryCategory { Scope = scope, Id = ids.Next(), Name = configured.Name, Description = configured.Description, CreatedAt = now });
            found.Add(added[^1].Id);
        }

        return new(added, found);
    }

    /// <summary>The ids of categories that were named, and those of them that have to be made.</summary>
    private sealed record NamedCategories(IReadOnlyList<MemoryCategory> Added, IReadOnlyList<string> Ids);
}
