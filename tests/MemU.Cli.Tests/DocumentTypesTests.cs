using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Cli.Output;

namespace MemU.Cli.Tests;

/// <summary>What a native program finds out only when it comes to it: documents that no context knows.</summary>
public sealed class DocumentTypesTests
{
    private static readonly Type[] Documents =
        [.. typeof(DocumentJson).Assembly.GetTypes().Where(t => t.Name.EndsWith("Json", StringComparison.Ordinal) && t.GetMethod("<Clone>$") is not null && !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))];

    public static TheoryData<string> Names => [.. Documents.Select(d => d.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_document_stands_in_the_context_as_reflection_sees_it(string name)
    {
        var document = Documents.Single(d => d.FullName == name);
        var byReflection = new JsonSerializerOptions(DocumentJson.Indented) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        Assert.Equal(ShapeOf(byReflection.GetTypeInfo(document)), ShapeOf(DocumentJson.Indented.GetTypeInfo(document)));
    }

    private static string ShapeOf(JsonTypeInfo type) => string.Join('\n', type.Properties.Select(p => $"{p.Name} {p.PropertyType} {p.Order} {p.ShouldSerialize is null}").Prepend(type.Kind.ToString()));
}
