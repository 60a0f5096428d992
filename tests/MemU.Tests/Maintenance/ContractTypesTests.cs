using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Contracts;

namespace MemU.Tests.Maintenance;

/// <summary>Records of the contracts are written and read by code that was generated with the program.</summary>
public sealed class ContractTypesTests
{
    [Fact]
    public void Every_record_of_the_contracts_is_known_without_reflection() =>
        Assert.Equal([], typeof(MemUJson).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(MemUJson).Namespace && t.Name.EndsWith("Json", StringComparison.Ordinal) && !(t.IsAbstract && t.IsSealed) && !t.IsAssignableTo(typeof(JsonConverter)))
            .Where(t => ContractTypes.Default.GetTypeInfo(t) is null)
            .Select(t => t.Name));

    // Generated code gives every member that can only be initialised a value, also one that was not there.
    [Fact]
    public void What_a_header_leaves_out_has_its_usual_value()
    {
        var header = Read<ExportHeaderJson>("""{"format":"memu-export","version":1}""");
        Assert.Equal((MemoryScope.DefaultId, MemoryScope.DefaultId, MemoryScope.DefaultId), (header.TenantId, header.UserId, header.AgentId));
        Assert.True(header.Content);
        Assert.True(header.Vectors);
    }

    [Fact]
    public void An_item_without_passages_has_none()
    {
        var item = Read<ItemJson>("""{"id":"i","tenant_id":"t","user_id":"u","agent_id":"a","resource_id":"r","memory_type":"event","summary":"s","created_at":1}""");
        Assert.Empty(item.PassageIds);
        Assert.Null(item.HappenedAt);
    }

    [Fact]
    public void A_record_that_lacks_what_it_must_have_is_refused() =>
        Assert.Throws<JsonException>(() => Read<ItemJson>("""{"id":"i"}"""));

    private static T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, MemUJson.Compact.GetTypeInfo(typeof(T)))!;
}
