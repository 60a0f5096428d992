using MemU.Sql;
using MemU.Vectors;

namespace MemU.Tests.Sqlite;

public sealed class IdListTests
{
    public static TheoryData<string> Ids =>
    [
        "0198f1c2-0000-7000-8000-00000000abcd", "0198F1C2-0000-7000-8000-00000000ABCD", "0198f1c200007000800000000000abcd", "{0198f1c2-0000-7000-8000-00000000abc}",
        "0198f1c2-0000-7000-8000-00000000abcg", "00000000-0000-0000-0000-00000000abcd",
        "0198f1c2-0000-7000-c000-00000000abcd", "0198f1c2-0000-9000-8000-00000000abcd", "a", "é 😀 \0 \"", new string('x', 254), new string('x', 255), new string('é', 400),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Any_id_is_read_as_it_was_written(string id)
    {
        Assert.Equal([id, "between", id], IdList.Read(IdList.Write([id, "between", id])));
    }

    [Fact]
    public void Ids_are_read_in_place_of_what_was_in_the_list()
    {
        string[] ids = ["0198f1c2-0000-7000-8000-00000000abcd", "00000000-0000-0000-0000-00000000abcd", "0198F1C2-0000-7000-8000-00000000ABCD", "a"];
        List<VectorId> read = [new("former")];
        IdList.Read(IdList.Write(ids), read);

        Assert.Equal(ids.Select(id => new VectorId(id)), read);
    }

    [Fact]
    public void Our_own_ids_take_seventeen_bytes()
    {
        Assert.Equal("000198F1C2000070008000" + "00000000ABCD", Convert.ToHexString(IdList.Write(["0198f1c2-0000-7000-8000-00000000abcd"])));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("000198F1C2")]
    [InlineData("0561")]
    [InlineData("FF")]
    [InlineData("FF010000")]
    [InlineData("FF0000000161")]
    [InlineData("FFFFFFFFFF61")]
    [InlineData("01FF")]
    public void What_is_no_list_is_told(string written)
    {
        Assert.Throws<InvalidDataException>(() => IdList.Read(Convert.FromHexString(written)));
    }
}
