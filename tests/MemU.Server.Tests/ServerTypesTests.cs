using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;
using MemU.Server.Api;
using MemU.Server.Auth;
using MemU.Server.Mcp;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Server.Tests;

/// <summary>What a native program finds out only when it comes to it: records and enumerations that no context knows, and values that generated code leaves out.</summary>
public sealed class ServerTypesTests
{
    private static readonly DefaultJsonTypeInfoResolver Reflection = new();

    /// <summary>Every record of the server and of the contracts that is JSON somewhere.</summary>
    private static readonly Type[] Records =
    [
        .. typeof(ServerJson).Assembly.GetTypes().Concat(typeof(MemUJson).Assembly.GetTypes()).Where(IsRecordOfJson),
        typeof(ApiKeyFile), typeof(IncomingSource), typeof(IReadOnlyList<McpMessage>),
    ];

    public static TheoryData<string> Names => [.. Records.Select(r => r.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_record_stands_in_a_context_as_reflection_sees_it(string name)
    {
        var record = Records.Single(r => r.FullName == name);
        var byReflection = new JsonSerializerOptions(ServerJson.Compact) { TypeInfoResolver = Reflection };

        Assert.Equal(ShapeOf(byReflection.GetTypeInfo(record)), ShapeOf(ServerJson.Compact.GetTypeInfo(record)));
    }

    [Fact]
    public async Task Every_body_that_a_route_takes_or_gives_stands_in_a_context()
    {
        await using var server = await RunningServer.StartAsync();
        var bodies = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.SelectMany(e => e.Metadata)
            .Select(m => m is IAcceptsMetadata { RequestType: { } taken } ? taken : m is IProducesResponseTypeMetadata { Type: { } given } ? given : null)
            .OfType<Type>().Where(t => t.Namespace!.StartsWith("MemU", StringComparison.Ordinal)).Distinct().ToList();

        Assert.NotEmpty(bodies);
        Assert.All(bodies, b => Assert.NotNull(ServerJson.Compact.GetTypeInfo(b)));
    }

    [Fact]
    public void Every_enumeration_in_a_record_is_written_by_name()
    {
        var enumerations = Records.SelectMany(r => ServerJson.Compact.GetTypeInfo(r).Properties).SelectMany(p => EnumerationsIn(p.PropertyType)).Append(typeof(McpKind)).Distinct().ToList();

        Assert.True(enumerations.Count >= 5, string.Join(", ", enumerations));
        Assert.All(enumerations, e => Assert.StartsWith("\"", JsonSerializer.Serialize(Enum.GetValues(e).GetValue(0), e, ServerJson.Compact), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_may_be_missing_loses_its_value_to_generated_code() => Assert.Empty(
        from record in Records
        where !record.IsInterface && record.GetConstructor(BindingFlags.Instance | BindingFlags.Public, []) is not null
        let empty = Activator.CreateInstance(record)
        from property in record.GetProperties()
        where property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true
        where !property.IsDefined(typeof(RequiredMemberAttribute))
        let value = property.GetValue(empty)
        where value is not null && !(property.PropertyType.IsValueType && value.Equals(Activator.CreateInstance(property.PropertyType)))
        select $"{record.Name}.{property.Name} is initialised to {value}: let it be set.");

    private static bool IsRecordOfJson(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && (type.Namespace == "MemU.Contracts" || type.Namespace?.StartsWith("MemU.Server.", StringComparison.Ordinal) == true)
        && type.GetMethod("<Clone>$") is not null
        && (type.Name.EndsWith("Json", StringComparison.Ordinal) || type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.StartsWith("Compat", StringComparison.Ordinal)
            || type.Name.StartsWith("Mcp", StringComparison.Ordinal));

    private static string ShapeOf(JsonTypeInfo type) => string.Join('\n', type.Properties.Where(p => p.Get is not null || p.Set is not null).Select(p =>
        $"{p.Name} {p.PropertyType} required={p.IsRequired} extension={p.IsExtensionData} numbers={p.NumberHandling} read={p.Get is not null} written={p.Set is not null} order={p.Order}").Prepend(type.Kind.ToString()));

    private static IEnumerable<Type> EnumerationsIn(Type type) =>
        type.IsEnum ? [type] : type.GetGenericArguments().SelectMany(EnumerationsIn);
}
