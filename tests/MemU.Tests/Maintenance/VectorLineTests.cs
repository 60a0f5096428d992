using System.Text;
using System.Text.Json;
using MemU.Contracts;
using MemU.Maintenance;

namespace MemU.Tests.Maintenance;

/// <summary>Vectors as exports write them are read without a detour; whatever looks otherwise is left to the reader of every line.</summary>
public sealed class VectorLineTests
{
    private const string Numbers = "\"vector\":\"AACAPwAAAMA=\"}";

    [Theory]
    [InlineData("items", "0198f1c1-0000-7000-8000-000000000001", "bench-1", "Tea 茶 & co")]
    [InlineData("passages", "p", null, null)]
    [InlineData("unknown", "~!", "模型", "")]
    public void A_vector_as_an_export_writes_it_is_the_same_as_read_by_the_other_reader(string collection, string id, string? model, string? text)
    {
        var written = new VectorJson { Collection = collection, Id = id, Model = model, Text = text, Vector = [1f, -2f, float.Epsilon] };
        var json = Encoding.UTF8.GetBytes("{\"type\":\"vector\"," + JsonSerializer.Serialize(written, MemUJson.Compact)[1..]);
        var lastModel = "another";

        Assert.True(VectorLine.TryOf(json, out var line));
        Assert.True(line.HoldsNumbers());
        var read = line.Read(ref lastModel)!;

        var other = (VectorJson)ExportRecords.Read(ExportLine.Of(1, json))!;
        Assert.Equal((other.Collection, other.Id, other.Model, other.Text), (read.Collection, read.Id, read.Model, read.Text));
        Assert.Equal(other.Vector, read.Vector);
        Assert.Equal((collection, id, model, text), (read.Collection, read.Id, read.Model, read.Text));
        Assert.Equal(model, lastModel);
    }

    [Theory]
    [InlineData("{\"type\":\"item\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":null,\"id\":\"x\",\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":null,\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"\",\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x y\",\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\u0085\",\"model\":\"m\",\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"a\\nb\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"\\ud800\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":5,\"text\":\"t\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"text\":\"t\",\"model\":\"m\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"\"}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":null}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":[1]}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AAAA\"}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"more\":\"x\"," + Numbers)]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\"," + Numbers + "}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AACAPw==\",\"vector\":\"AACAPw==\"}")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AACAPw==\"")]
    public void What_looks_otherwise_or_may_be_wrong_is_left_to_the_other_reader(string json) => Assert.False(VectorLine.TryOf(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Bytes_that_are_no_text_are_left_to_the_other_reader()
    {
        var json = Encoding.UTF8.GetBytes("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\"," + Numbers);
        Assert.True(VectorLine.TryOf(json, out _));

        json[Array.LastIndexOf(json, (byte)'t')] = 0xFF;

        Assert.False(VectorLine.TryOf(json, out _));
    }

    [Theory]
    [InlineData("AADAfw==")]
    [InlineData("AACAfw==")]
    [InlineData("AACA/w==")]
    [InlineData("AAA?Pw==")]
    [InlineData("AA APw==")]
    public void Numbers_that_are_none_or_are_written_otherwise_are_not_taken(string numbers)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"{numbers}\"}}");

        Assert.True(VectorLine.TryOf(json, out var line));
        Assert.False(line.HoldsNumbers());
    }
}
