using System.Text.Json.Serialization.Metadata;
using MemU.Server.Auth;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace MemU.Server.Api;

/// <summary>Reads a source from a request, be it JSON or an uploaded file.</summary>
internal sealed class SourceIntake(IOptions<JsonOptions> json)
{
    private static readonly string[] fields = ["file", "name", "modality", ScopeBinding.TenantField, ScopeBinding.UserField, ScopeBinding.AgentField];

    /// <exception cref="InvalidRequestException">It is neither, or wrong.</exception>
    public async Task<(IncomingSource Source, SpaceIds Ids)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            return await ReadFormAsync(request, cancellationToken);
        }

        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send application/json, or a file as multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        var body = await request.ReadFromJsonAsync((JsonTypeInfo<MemorizeRequest>)json.Value.SerializerOptions.GetTypeInfo(typeof(MemorizeRequest)), cancellationToken)
            ?? throw new InvalidRequestException("url", "The body is null. Give an object.");
        return (body.ToSource(), body.Ids);
    }

    private static async Task<(IncomingSource Source, SpaceIds Ids)> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form is not well-formed multipart/form-data.", StatusCodes.Status400BadRequest, e);
        }

        if (form.Files.Count != 1 || form.Files.GetFile("file") is not { } file)
        {
            throw new InvalidRequestException("file", "The form must have one file, in a part named 'file'.");
        }

        if (form.Keys.FirstOrDefault(k => !fields.Contains(k)) is { } unknown)
        {
            throw new InvalidRequestException(unknown, $"The form may have {string.Join(", ", fields)}, and nothing else.");
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        var source = new IncomingSource("upload", null, content.ToArray(), file.FileName, One(form, "name"), One(form, "modality"));
        _ = source.ToModality();
        return (source, new SpaceIds(One(form, ScopeBinding.TenantField), One(form, ScopeBinding.UserField), One(form, ScopeBinding.AgentField)));
    }

    private static string? One(IFormCollection form, string name) => form[name] switch
    {
        { Count: 0 } => null,
        [{ } value] when !string.IsNullOrWhiteSpace(value) => value,
        _ => throw new InvalidRequestException(name, $"{name} is blank or given twice."),
    };
}
