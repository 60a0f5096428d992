using System.Reflection;
using MemU.Server.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MemU.Server.Api;

/// <summary>What the OpenAPI document says beyond what the handlers show: how to authenticate, and the ids of a space.</summary>
internal static class ApiDescription
{
    private const string KeyScheme = "key";

    public static void Configure(OpenApiOptions options)
    {
        // The compatible routes are described by their own contract, not here.
        options.ShouldInclude = description => description.RelativePath is { } path && (path.StartsWith("v1/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "MemU", Version = "v1", Description = "Memory for AI agents. Errors are problem details (RFC 9457) with a `kind` and, where one is to blame, a `field`." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key (`memu keys create`) or a bearer token of the configured OpenID provider." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<RightRequirement>().LastOrDefault() is { } needed)
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
                operation.Description = $"{operation.Description} Needs the right `{needed.Right.ToString().ToLowerInvariant()}`.".Trim();
            }

            if (metadata.OfType<MethodInfo>().Any(m => m.GetParameters().Any(p => p.ParameterType == typeof(SpaceRequest))))
            {
                operation.Parameters ??= [];
                foreach (var (name, what) in new[] { (ScopeBinding.UserField, "user"), (ScopeBinding.AgentField, "agent"), (ScopeBinding.TenantField, "tenant") })
                {
                    operation.Parameters.Add(new OpenApiParameter
                    {
                        Name = name, In = ParameterLocation.Query, Description = $"The {what}; that of the key, else `default`, when left out.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = MemoryScope.MaxIdLength },
                    });
                }
            }

            return Task.CompletedTask;
        });
    }
}
