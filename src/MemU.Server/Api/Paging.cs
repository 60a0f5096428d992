using MemU.Server.Web;
using Microsoft.AspNetCore.Mvc;

namespace MemU.Server.Api;

/// <summary>Which page of a list.</summary>
internal sealed record Paging
{
    /// <summary>Rows in the page, 1 to 1000; 50 when left out.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The next_cursor of the page before; left out for the first page.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <exception cref="InvalidRequestException">The limit is out of bounds.</exception>
    public PageRequest ToPage() => Limit is < 1 or > PageRequest.MaxLimit
        ? throw new InvalidRequestException("limit", $"limit is {Limit}; it must be from 1 to {PageRequest.MaxLimit}.")
        : new PageRequest { Limit = Limit ?? PageRequest.First.Limit, Cursor = Cursor };
}
