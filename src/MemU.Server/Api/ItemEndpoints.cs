using MemU.Contracts;
using MemU.Server.Auth;
using MemU.Server.Jobs;
using MemU.Server.Web;
using MemU.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MemU.Server.Api;

/// <summary>Single memories.</summary>
internal static class ItemEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/items", ListAsync).Needs(KeyRights.Read).WithName("list_items").WithSummary("Items, newest first.");
        v1.MapPost("/items", CreateAsync).Needs(KeyRights.Write).WithName("create_item").WithSummary("Adds an item by hand; with Idempotency-Key once, however often it is sent.").Produces<ItemJson>(201);
        v1.MapGet("/items/{id}", GetAsync).Needs(KeyRights.Read).WithName("get_item").WithSummary("One item, with an ETag.").Produces<ItemJson>();
        v1.MapPatch("/items/{id}", UpdateAsync).Needs(KeyRights.Write).WithName("update_item")
            .WithSummary("Changes an item; with If-Match only if nobody else has. What it said before is kept in the history.").Produces<ItemJson>();
        v1.MapDelete("/items/{id}", DeleteAsync).Needs(KeyRights.Write).WithName("delete_item").WithSummary("Removes an item.").Produces(204);
        v1.MapGet("/items/{id}/categories", CategoriesAsync).Needs(KeyRights.Read).WithName("list_item_categories")
            .WithSummary("The categories on whose pages the item stands.").Produces<CategoryListJson>();
        v1.MapGet("/items/{id}/history", HistoryAsync).Needs(KeyRights.Read).WithName("list_item_history").WithSummary("What the item said before, newest first.")
            .Produces<RevisionListJson>();
        v1.MapGet("/history", AllHistoryAsync).Needs(KeyRights.Read).WithName("list_history").WithSummary("What items said before, newest first.");
    }

    private static async Task<Ok<ItemListJson>> ListAsync(
        SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken, [FromQuery(Name = "resource_id")] string? resourceId = null,
        [FromQuery(Name = "category_id")] string? categoryId = null, [FromQuery(Name = "memory_type")] string? memoryType = null)
    {
        var filter = new ItemFilter { ResourceId = resourceId, CategoryId = categoryId, MemoryType = memoryType };
        return TypedResults.Ok(ItemListJson.From(await request.Open().ListItemsAsync(filter, paging.ToPage(), cancellationToken)));
    }

    private static async Task<IResult> CreateAsync(NewItemRequest body, SpaceRequest request, CreationKeys keys, CancellationToken cancellationToken)
    {
        var space = request.Open();
        var id = await keys.OnceAsync(
            request.Context, space.Scope, body, async () => (await space.CreateItemAsync(body.ToModel(), cancellationToken)).Id, cancellationToken);
        return await space.GetItemAsync(id, cancellationToken) is { } item
            ? EntityTag.Ok(request.Context, ItemJson.From(item), $"/v1/items/{id}")
            : Problem.NotFound("item");
    }

    private static async Task<IResult> GetAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().GetItemAsync(id, cancellationToken) is { } item ? EntityTag.Ok(request.Context, ItemJson.From(item)) : Problem.NotFound("item");

    private static async Task<IResult> UpdateAsync(string id, ItemEditRequest body, SpaceRequest request, CancellationToken cancellationToken)
    {
        var space = request.Open();
        if (await space.GetItemAsync(id, cancellationToken) is not { } item)
        {
            return Problem.NotFound("item");
        }

        if (!EntityTag.Fits(request.Context, ItemJson.From(item)))
        {
            return EntityTag.Changed();
        }

        try
        {
            var changed = await space.UpdateItemAsync(id, body.ToModel(EntityTag.IsAsked(request.Context) ? item : null), cancellationToken);
            return EntityTag.Ok(request.Context, ItemJson.From(changed));
        }
        catch (ConcurrentChangeException) when (EntityTag.IsAsked(request.Context))
        {
            return EntityTag.Changed();
        }
    }

    private static async Task<IResult> DeleteAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().DeleteItemAsync(id, cancellationToken) ? TypedResults.NoContent() : Problem.NotFound("item");

    private static async Task<IResult> CategoriesAsync(string id, SpaceRequest request, CancellationToken cancellationToken)
    {
        var space = request.Open();
        return await space.GetItemAsync(id, cancellationToken) is null
            ? Problem.NotFound("item")
            : TypedResults.Ok(CategoryListJson.From(new Page<MemoryCategory>(await space.GetCategoriesOfItemAsync(id, cancellationToken), null)));
    }

    // What a source no longer says has a history without an item.
    private static async Task<IResult> HistoryAsync(string id, SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken)
    {
        var space = request.Open();
        var page = await space.ListHistoryAsync(id, paging.ToPage(), cancellationToken);
        return page.Items.Count == 0 && await space.GetItemAsync(id, cancellationToken) is null ? Problem.NotFound("item") : TypedResults.Ok(RevisionListJson.From(page));
    }

    private static async Task<Ok<RevisionListJson>> AllHistoryAsync(SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken) =>
        TypedResults.Ok(RevisionListJson.From(await request.Open().ListHistoryAsync(null, paging.ToPage(), cancellationToken)));
}
