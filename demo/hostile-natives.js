// What a page of 2008 has loaded before us: the same names are taken as by Prototype 1.6 and 1.7, MooTools 1.4, json.js of
// 2006, RequireJS, and by what sites have copied from one another, and they do as much or as little there.

(function () {
  var array = Array.prototype;
  var text = String.prototype;

  function add(owner, members) {
    for (var name in members) owner[name] = members[name];
  }

  // Prototype gives what is inherited as well, and makes lists of anything that has a length; MooTools gives a list back.
  function listOf(items) {
    if (!items) return [];
    if (items instanceof Array) return items;
    if (items.toArray) return items.toArray();
    var list = new Array(items.length || 0);
    for (var at = 0; at < list.length; at += 1) list[at] = items[at];
    return list;
  }
  Array.from = listOf;
  Object.keys = function (object) {
    var names = [];
    for (var name in object) names.push(name);
    return names;
  };
  Object.values = function (object) {
    var values = [];
    for (var name in object) values.push(object[name]);
    return values;
  };

  function each(visit, that) {
    for (var at = 0; at < this.length; at += 1) visit.call(that, this[at], at);
    return this;
  }
  function gather(mark) {
    return function (visit, that) {
      var found = [];
      each.call(this, function (item, at) {
        mark(found, item, visit ? visit.call(that, item, at) : item);
      });
      return found;
    };
  }
  function detect(visit, that) {
    for (var at = 0; at < this.length; at += 1) if (visit.call(that, this[at], at)) return this[at];
  }
  function holds(item) {
    return this.indexOf(item) !== -1;
  }
  var reversed = array.reverse;
  var own = {
    each: each,
    forEach: each,
    map: gather(function (found, _item, value) {
      found.push(value);
    }),
    filter: gather(function (found, item, value) {
      if (value) found.push(item);
    }),
    find: detect,
    some: function (visit, that) {
      return this.filter(visit, that).length > 0;
    },
    every: function (visit, that) {
      return this.filter(visit, that).length === this.length;
    },
    include: holds,
    includes: holds,
    contains: holds,
    reduce: function () {
      return this.length > 1 ? this : this[0];
    },
    reverse: function (inline) {
      return reversed.call(inline === false ? this.concat() : this);
    },
    toArray: function () {
      return this.concat();
    },
    remove: function (at) {
      return this.splice(at, 1);
    },
    first: function () {
      return this[0];
    },
    last: function () {
      return this[this.length - 1];
    },
    clear: function () {
      this.length = 0;
      return this;
    },
    max: function () {
      return Math.max.apply(Math, this);
    },
    toJSON: function () {
      return '[' + this.map(inspect).join(', ') + ']';
    },
  };
  own.entries = own.toArray;
  for (var name in own) array[name] = own[name];

  function inspect(value) {
    return value && value.toJSON ? value.toJSON() : String(value);
  }
  add(text, {
    toJSON: function () {
      return '"' + this.replace(/"/g, '\\"') + '"';
    },
    trim: function () {
      return this.replace(/(^\s*)|(\s*$)/g, '');
    },
    startsWith: function (part) {
      return new RegExp('^' + part).test(this);
    },
    endsWith: function (part) {
      return new RegExp(part + '$').test(this);
    },
    include: holds,
    contains: holds,
    toArray: function () {
      return this.split('');
    },
  });
  Number.prototype.toJSON = function () {
    return isFinite(this) ? this.toString() : 'null';
  };
  Date.prototype.toJSON = function () {
    return '"' + this.toISOString() + '"';
  };
  Date.prototype.Format = function (pattern) {
    return pattern.replace('yyyy', this.getFullYear());
  };
  Object.prototype.toJSONString = function () {
    return JSON.stringify(this);
  };
  Object.prototype.version = '1.0';
  Function.prototype.extend = function (members) {
    add(this, members);
    return this;
  };
  Function.prototype.bind = function (that) {
    var called = this;
    var given = array.slice.call(arguments, 1);
    return function () {
      return called.apply(that, given.concat(array.slice.call(arguments)));
    };
  };

  var native = window.Event;
  add(native.prototype, {
    element: function () {
      return this.target;
    },
    stop: function () {
      this.preventDefault();
      this.stopPropagation();
    },
  });
  window.CustomEvent = function (name, options) {
    var event = document.createEvent('CustomEvent');
    event.initCustomEvent(name, !!options.bubbles, !!options.cancelable, options.detail);
    return event;
  };
  window.CustomEvent.prototype = native.prototype;
  window.Event = function Event(event) {
    this.event = event || window.event;
  };
  window.Element = function Element(tag) {
    return document.createElement(tag);
  };
  window.Document = function Document() {};
  window.Window = function Window() {};
  window.Request = function Request(options) {
    this.options = options;
  };
  add(HTMLElement.prototype, {
    remove: function () {
      this.parentNode.removeChild(this);
      return this;
    },
    scrollTo: function () {
      window.scrollTo(this.offsetLeft, this.offsetTop);
      return this;
    },
    toggle: function () {
      this.style.display = this.style.display === 'none' ? '' : 'none';
    },
    update: function (markup) {
      this.innerHTML = markup;
    },
    select: function (selector) {
      return listOf(this.querySelectorAll(selector));
    },
    match: function (selector) {
      return this.matches(selector);
    },
    empty: function () {
      return this.innerHTML === '';
    },
  });

  window.Map = function Map() {
    this.elements = [];
    this.put = function (key, value) {
      this.elements.push({ key: key, value: value });
    };
    this.size = function () {
      return this.elements.length;
    };
  };
  window.Set = function Set() {
    this.items = {};
  };
  window.$ = function (id) {
    return document.getElementById(id);
  };

  function refuse() {
    throw new Error('Mismatched anonymous define() module');
  }
  window.define = refuse;
  window.define.amd = { jQuery: true };
  window.require = refuse;
  window.exports = {};
  window.module = { exports: window.exports };
  window.name = 'mainFrame';
})();
