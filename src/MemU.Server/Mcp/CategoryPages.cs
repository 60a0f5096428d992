using MemU.Server.Auth;
using MemU.Server.Web;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemU.Server.Mcp;

/// <summary>Topic pages as resources of the protocol: <c>memu://category/ID</c>, Markdown.</summary>
internal static class CategoryPages
{
    private const string Start = "memu://category/";
    private const string Markdown = "text/markdown";

    public static async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var space = SpaceOf(request.Services).Open(KeyRights.Read, "resources/list");
        var page = await PageAsync(space, new PageRequest { Limit = 100, Cursor = request.Params?.Cursor }, cancellationToken);
        return new ListResourcesResult
        {
            Resources =
            [
                .. page.Items.Where(c => c.Summary is not null).Select(c => new ModelContextProtocol.Protocol.Resource
                {
                    Uri = Start + c.Id, Name = c.Name, Description = c.Description, MimeType = Markdown,
                }),
            ],
            NextCursor = page.NextCursor,
        };
    }

    public static ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListResourceTemplatesResult
        {
            ResourceTemplates = [new ResourceTemplate { UriTemplate = Start + "{id}", Name = "category", Description = "The page of a category.", MimeType = Markdown }],
        });

    public static async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? "";
        var category = uri.StartsWith(Start, StringComparison.Ordinal)
            ? await SpaceOf(request.Services).Open(KeyRights.Read, "resources/read").GetCategoryAsync(uri[Start.Length..], cancellationToken)
            : null;
        return category is null
            ? throw new McpProtocolException("There is no such page in this memory. List the resources to see the pages.", McpErrorCode.ResourceNotFound)
            : new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = Markdown, Text = $"# {category.Name}\n\n{category.Description}\n\n{category.Summary}\n" }],
            };
    }

    private static async Task<Page<MemoryCategory>> PageAsync(MemorySpace space, PageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await space.ListCategoriesAsync(request, cancellationToken);
        }
        catch (ArgumentException e)
        {
            // Of the cursor: the client can mend it, if it is told.
            throw new McpProtocolException(Problem.MessageOf(e), McpErrorCode.InvalidParams);
        }
    }

    private static McpSpace SpaceOf(IServiceProvider? services) => services!.GetRequiredService<McpSpace>();
}
