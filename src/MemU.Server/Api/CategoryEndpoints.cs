using MemU.Contracts;
using MemU.Edit;
using MemU.Server.Auth;
using MemU.Server.Jobs;
using MemU.Server.Web;
using MemU.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>Topic pages.</summary>
internal static class CategoryEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/categories", ListAsync).Needs(KeyRights.Read).WithName("list_categories").WithSummary("Categories, newest first.");
        v1.MapPost("/categories", CreateAsync).Needs(KeyRights.Write).WithName("create_category").WithSummary("Adds a category by hand; with Idempotency-Key once, however often it is sent.").Produces<CategoryJson>(201);
        v1.MapGet("/categories/{id}", GetAsync).Needs(KeyRights.Read).WithName("get_category").WithSummary("One category, with an ETag.").Produces<CategoryJson>();
        v1.MapPatch("/categories/{id}", UpdateAsync).Needs(KeyRights.Write).WithName("update_category")
            .WithSummary("Changes a category; with If-Match only if nobody else has.").Produces<CategoryJson>();
        v1.MapDelete("/categories/{id}", DeleteAsync).Needs(KeyRights.Write).WithName("delete_category").WithSummary("Removes a category; its items stay.").Produces(204);
        v1.MapGet("/categories/{id}/items", ItemsAsync).Needs(KeyRights.Read).WithName("list_category_items").WithSummary("The items on a category's page.")
            .Produces<ItemListJson>();
    }

    private static async Task<Ok<CategoryListJson>> ListAsync(SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken) =>
        TypedResults.Ok(CategoryListJson.From(await request.Open().ListCategoriesAsync(paging.ToPage(), cancellationToken)));

    private static async Task<IResult> CreateAsync(NewCategoryRequest body, SpaceRequest request, CreationKeys keys, CancellationToken cancellationToken)
    {
        var space = request.Open();
        var id = await keys.OnceAsync(
            request.Context, space.Scope, body,
            async () => (await space.CreateCategoryAsync(new NewCategory(body.Name, body.Description, body.Summary), cancellationToken)).Id, cancellationToken);
        return await space.GetCategoryAsync(id, cancellationToken) is { } category
            ? EntityTag.Ok(request.Context, CategoryJson.From(category), $"/v1/categories/{id}")
            : Problem.NotFound("category");
    }

    private static async Task<IResult> GetAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().GetCategoryAsync(id, cancellationToken) is { } category ? EntityTag.Ok(request.Context, CategoryJson.From(category)) : Problem.NotFound("category");

    private static async Task<IResult> UpdateAsync(string id, CategoryEditRequest body, SpaceRequest request, CancellationToken cancellationToken)
    {
        var space = request.Open();
        if (await space.GetCategoryAsync(id, cancellationToken) is not { } category)
        {
            return Problem.NotFound("category");
        }

        if (!EntityTag.Fits(request.Context, CategoryJson.From(category)))
        {
            return EntityTag.Changed();
        }

        try
        {
            var changed = await space.UpdateCategoryAsync(id, body.ToModel(EntityTag.IsAsked(request.Context) ? category : null), cancellationToken);
            return EntityTag.Ok(request.Context, CategoryJson.From(changed));
        }
        catch (ConcurrentChangeException) when (EntityTag.IsAsked(request.Context))
        {
            return EntityTag.Changed();
        }
    }

    private static async Task<IResult> DeleteAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().DeleteCategoryAsync(id, cancellationToken) ? TypedResults.NoContent() : Problem.NotFound("category");

    private static async Task<IResult> ItemsAsync(string id, SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken)
    {
        var space = request.Open();
        return await space.GetCategoryAsync(id, cancellationToken) is null
            ? Problem.NotFound("category")
            : TypedResults.Ok(ItemListJson.From(await space.ListItemsAsync(new ItemFilter { CategoryId = id }, paging.ToPage(), cancellationToken)));
    }
}
