using System.Reflection;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Tests.Architecture;

public sealed class PortShapeTests
{
    public static TheoryData<Type> Ports => [typeof(IMemoryStore), typeof(IVectorIndex), typeof(IBlobStore), typeof(IMemoryReasoner)];

    [Theory]
    [MemberData(nameof(Ports))]
    public void The_scope_comes_first_and_the_token_last(Type port)
    {
        var nullability = new NullabilityInfoContext();
        foreach (var method in MethodsOf(port))
        {
            var parameters = method.GetParameters();
            Assert.True(parameters.Length >= 2, $"{port.Name}.{method.Name} lacks a scope or a token.");
            Assert.True(parameters[0].ParameterType == typeof(MemoryScope), $"{port.Name}.{method.Name} does not take the scope first.");
            Assert.True(nullability.Create(parameters[0]).WriteState == NullabilityState.NotNull, $"{port.Name}.{method.Name} takes no scope for an answer.");
            Assert.True(parameters[^1].ParameterType == typeof(CancellationToken), $"{port.Name}.{method.Name} does not take the token last.");
            Assert.False(parameters[^1].HasDefaultValue, $"{port.Name}.{method.Name} lets a caller forget the token.");
        }
    }

    [Theory]
    [InlineData(typeof(IMemoryCatalog))]
    [InlineData(typeof(IDataPart))]
    public void What_crosses_spaces_takes_no_scope_and_the_token_last(Type port)
    {
        foreach (var method in MethodsOf(port))
        {
            var parameters = method.GetParameters();
            Assert.DoesNotContain(parameters, p => p.ParameterType == typeof(MemoryScope));
            Assert.True(parameters.LastOrDefault()?.ParameterType == typeof(CancellationToken), $"{port.Name}.{method.Name} does not take the token last.");
        }
    }

    [Theory]
    [MemberData(nameof(Ports))]
    public void A_port_is_asynchronous(Type port) =>
        Assert.All(MethodsOf(port), m => Assert.True(
            typeof(Task).IsAssignableFrom(m.ReturnType) || m.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal), $"{port.Name}.{m.Name} blocks."));

    [Fact]
    public void No_class_keeps_a_scope_in_a_field_but_the_values_of_one_space()
    {
        string[] oneSpace = [nameof(MemorySpace), nameof(MemoryScope)];
        var kept = new[] { typeof(MemoryService).Assembly, typeof(MemUHost).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.GetInterfaces().Any(i => Ports.Select(p => p.Data).Contains(i)) || t.GetMethods().Any(m => m.Name == "RunAsync"))
            .Where(t => !oneSpace.Contains(t.Name))
            .Where(t => t.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(f => f.FieldType == typeof(MemoryScope)));
        Rule.HasNoBreach(kept);
    }

    private static IEnumerable<MethodInfo> MethodsOf(Type port) => port.GetMethods().Where(m => !m.IsSpecialName);
}
